"""The member's pages, by what they show."""
