"""Deeds of the pipeline, by noun: registrations (P1), evidence, standstills, employment, merging."""
