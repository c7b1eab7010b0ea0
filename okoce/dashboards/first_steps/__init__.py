"""The first steps of a new chair: ticked from records, gone when done."""
