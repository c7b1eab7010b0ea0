"""P2, pelatihan: classes and certificates. Until its tools exist, an officer's verified evidence meets it."""
