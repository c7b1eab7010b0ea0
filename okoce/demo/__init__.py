"""The movement's published history, replayed through the real import with synthetic people; the sign-ins of a demo."""
