"""Members, komunitas and partners: the nouns that every stage shares."""
