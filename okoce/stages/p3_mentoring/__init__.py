"""P3, pendampingan: mentors and visits. Until its tools exist, an officer's verified evidence meets it."""
