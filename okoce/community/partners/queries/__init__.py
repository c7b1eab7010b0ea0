"""Questions about partners, by noun. Callers import the module of the noun."""
