"""Finds or starts the PostgreSQL everything stands on: DATABASE_URL, else an embedded one in the data folder.

Knows no Django. What an operator can put right arrives as a `PostgresProblem` with one Indonesian sentence.
"""
