"""How much of the country has an open centre of entrepreneurship: kecamatan lit, out of all, on any day."""
