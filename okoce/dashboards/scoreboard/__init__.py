"""Komunitas beside each other: what each has reached, at which rate, how old it is; and those that have gone quiet."""
