"""The pages of the data officer, by noun."""
