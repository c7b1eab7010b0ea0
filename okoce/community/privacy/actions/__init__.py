"""Deeds about a person's rights over her data."""
