"""Facts of the dashboards. A file of people leaves the house: who asked for it, narrowed how, and how many it holds."""

from okoce.foundation.events.facts import fact


@fact("dashboards.export_asked", "Daftar anggota diminta sebagai berkas {format}, saringan: {narrowed}.")
class ExportAsked:
    export_id: int
    format: str
    narrowed: str


@fact("dashboards.export_made", "Berkas daftar anggota selesai: {people} orang.")
class ExportMade:
    export_id: int
    people: int


@fact("dashboards.export_stopped", "Berkas daftar anggota dibatalkan.")
class ExportStopped:
    export_id: int


@fact("dashboards.export_fetched", "Berkas daftar anggota diunduh: {people} orang.")
class ExportFetched:
    export_id: int
    people: int
