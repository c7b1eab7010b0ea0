"""Channels, preferences, delivery log: arrives with its own issue; the place is kept so that imports have one direction."""
