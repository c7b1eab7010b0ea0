"""P7, akses permodalan: access to a loan. Until its tools exist, an officer's verified evidence meets it."""
