"""Pusat wirausaha, "satu kecamatan, satu pusat": places in which a komunitas receives people, and since when each is open."""
