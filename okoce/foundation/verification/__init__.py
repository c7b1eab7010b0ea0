"""Is this thing genuine? Codes that people read and type, one register of what has such codes, and a brake on harvesting."""
