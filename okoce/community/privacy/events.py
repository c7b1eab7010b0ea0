"""Facts about a person's rights over her data. Reasons are people's words and may name her: they stand in `changes`."""

from okoce.foundation.events.facts import fact


@fact("privacy.nik_unmasked", "NIK lengkap orang ini dibuka oleh petugas.")
class NikUnmasked:
    member_id: int
