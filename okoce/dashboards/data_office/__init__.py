"""The desk of the data officer: what members ask about their data, on the clock that the law sets."""
