"""What the public may trust: the certificate of a komunitas with its code, the right to use the name, a search by name."""
