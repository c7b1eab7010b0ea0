Parser = Callable[[Cell, date], Any]


def _lines(column: str) -> Parser:
    longest = LONGEST.get(column, _LONGEST_PLACE)
    return lambda cell, _today: parse_line(cell, longest)


def _plain(parse: Callable[[object], Any]) -> Parser:
    return lambda cell, _today: parse(cell)


def _workers(cell: Cell, _today: date) -> int | Unreadable:
    count = parse_count(cell)
    if isinstance(count, int) and count > MOST_WORKERS:
        return Unreadable(
            _("%(count)s pekerja melebihi batas %(most)s.") % {"count": count, "most": MOST_WORKERS},
            _("Periksa angkanya."),
        )
    return count


def _past_day(cell: Cell, today: date) -> date | Unreadable:
    day = parse_day(cell, today=today)
    return _not_yet(day) if isinstance(day, date) and day > today else day


def _past_since(cell: Cell, today: date) -> date | Unreadable:
    day = parse_since(cell, today=today)
    return _not_yet(day) if isinstance(day, date) and day > today else day


def _programme_day(cell: Cell, today: date) -> date | Unreadable:
    day = _past_day(cell, today)
    if isinstance(day, date) and day < FIRST_PROGRAMME_DAY:
        return Unreadable(
            _("Tanggal %(day)s terlalu lama; gerakan ini belum ada sebelum tahun 2000.")
            % {"day": _written(day)},
            _("Periksa tahunnya."),
        )
    return day


# Column → where its value goes → who reads it. The region, the name and the two identities are read apart.
_READERS: dict[str, tuple[str, Parser]] = {
    "jenis_kelamin": ("sex", _plain(parse_sex)),
    "tanggal_lahir": ("birth_on", _past_day),
    "tanggal_daftar": ("registered_on", _programme_day),
    "persetujuan_tanggal": ("consent_on", _programme_day),
    "status_kerja": ("work_status", _plain(parse_work_status)),
    "nama_usaha": ("business_name", _lines("nama_usaha")),
    "bidang_usaha": ("sector", _lines("bidang_usaha")),
    "mulai_usaha": ("business_since", _past_since),
    "jumlah_pekerja": ("workers", _workers),
    "omzet_bulanan": ("turnover", _plain(parse_rupiah)),
    "komunitas": ("group", _lines("komunitas")),
    "p4_jenis": ("licence_kind", _plain(parse_licence_kind)),
    "p4_nomor": ("licence_number", _lines("p4_nomor")),
    "pekerja_saat_izin": ("workers_at_licence", _workers),
    "nib": ("nib", _plain(parse_nib)),
    "npwp": ("npwp", _plain(parse_npwp)),
    "email": ("email", _plain(parse_email)),
    "alamat": ("address", _lines("alamat")),
    "sumber": ("source", _lines("sumber")),
}
_PARSERS: dict[str, Parser] = {
    "telepon": _plain(parse_phone),
    "nik": parse_nik,
    **{column: _lines(column) for column in _REGION_COLUMNS},
    **{column: parser for column, (_place, parser) in _READERS.items()},
    **dict.fromkeys(_STAGE_COLUMNS, _programme_day),
}


