"""The three layers of the movement: its own people, the komunitas, the entrepreneurs; per territory, on any day."""
