"""The members file: reading a CSV or XLSX table, judging each row by itself, handing back what was refused.

Nothing here knows a table of the database: names of territories and komunitas stay as they were written.
"""
