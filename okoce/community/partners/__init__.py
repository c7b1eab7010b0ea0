"""Mitra: government offices (SKPD), banks, companies, campuses. Agreements come with their own issue."""
