"""P5, pemasaran: shops, sales, bazaars. Until its tools exist, an officer's verified evidence meets it."""
