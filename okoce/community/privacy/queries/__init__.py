"""Questions about a person's rights over her data, by noun."""
