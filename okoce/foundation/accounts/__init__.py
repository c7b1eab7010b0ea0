"""Users, sign-in, role assignments, API tokens; turns a request into an Actor."""
