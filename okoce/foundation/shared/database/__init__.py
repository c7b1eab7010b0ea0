"""Django's PostgreSQL backend, with cheap health checks and statements that the server plans once; see base.py."""
