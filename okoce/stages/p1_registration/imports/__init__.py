"""The members file: reading a table from CSV or XLSX, judging each row by itself, and handing back what was refused.

Nothing here knows a table of the database: names of territories and komunitas stay as they were written.
"""
