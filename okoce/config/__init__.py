"""Wiring only: settings, urls, the command line, processes, the worker, the timetable of periodic jobs."""
