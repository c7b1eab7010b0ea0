"""The territory: provinsi, kabupaten/kota, kecamatan, desa/kelurahan, by plain dotted Kemendagri codes.

Reference data: nobody's rows, loaded from `data/` (ODbL). Other tables keep a region as its
code; "within" is a prefix.
"""
