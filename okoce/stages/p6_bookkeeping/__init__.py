"""P6, pelaporan keuangan: books and statements. Until its tools exist, an officer's verified evidence meets it."""
