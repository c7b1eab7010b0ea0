"""Mitra: government offices, banks, companies, campuses and others. How they are validated, what is agreed with them and until
when, and whom they send to each other."""
