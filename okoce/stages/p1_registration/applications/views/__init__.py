"""The screens of /daftar, and the list of those who did not finish."""
