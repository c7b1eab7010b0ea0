"""Wiring only: settings, urls, the API's mount, the command line, the worker, the timetable of periodic jobs."""
