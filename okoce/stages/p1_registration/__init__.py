"""P1: coming in. Registering one person, importing many from a file; completed by consent (or a historic row) and a kecamatan."""
