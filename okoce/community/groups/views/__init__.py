"""The pages of komunitas."""
