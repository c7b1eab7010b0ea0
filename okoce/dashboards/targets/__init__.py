"""Targets beside what the records say: set by the secretariat, shown with pace and forecast on the pages of their scope."""
