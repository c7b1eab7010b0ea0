"""Deeds on members, by noun: entry, corrections, residences, departures, reviews."""
