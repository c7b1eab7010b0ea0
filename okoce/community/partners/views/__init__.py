"""Officers' pages about partners."""
