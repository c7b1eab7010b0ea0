"""Komunitas penggerak and who belongs to them, with history."""
