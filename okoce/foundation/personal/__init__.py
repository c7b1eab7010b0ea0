"""What the house holds about a person, feature by feature: each tells it and forgets it itself, in its `personal.py`. No tables."""
