"""The entrepreneur and the business: identity, residence with history, consent, helpers, possible duplicates."""
