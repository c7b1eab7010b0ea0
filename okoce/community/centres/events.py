from okoce.foundation.events.facts import fact


@fact("centres.centre_planned", "{name} direncanakan sejak {from_on}.")
class CentrePlanned:
    centre_id: int
    group_id: int
    name: str
    from_on: str


@fact("centres.centre_changed", "Keterangan {name} diubah.")
class CentreChanged:
    centre_id: int
    name: str


@fact("centres.centre_opened", "{name} buka sejak {from_on}.")
class CentreOpened:
    centre_id: int
    name: str
    from_on: str


@fact("centres.centre_paused", "{name} tutup sementara sejak {from_on}.")
class CentrePaused:
    centre_id: int
    name: str
    from_on: str


@fact("centres.centre_closed", "{name} ditutup sejak {from_on}.")
class CentreClosed:
    centre_id: int
    name: str
    from_on: str


@fact("centres.centre_handed_over", "{name} sekarang diurus komunitas {group_name}.")
class CentreHandedOver:
    centre_id: int
    group_id: int
    name: str
    group_name: str


@fact("centres.centre_photo_kept", "Foto {name} dipasang.")
class CentrePhotoKept:
    centre_id: int
    name: str


@fact("centres.centre_photo_removed", "Foto {name} dilepas.")
class CentrePhotoRemoved:
    centre_id: int
    name: str
