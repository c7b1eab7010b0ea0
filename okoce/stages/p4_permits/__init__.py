"""P4, perizinan: business permits. Until its tools exist, an officer's verified evidence meets it."""
