from okoce.foundation.events.facts import fact


@fact("trust.certificate_issued", "Surat keaslian komunitas diterbitkan.")
class CertificateIssued:
    group_id: int
    certificate_id: int


@fact("trust.certificate_revoked", "Surat keaslian komunitas dibatalkan: {label}.")
class CertificateRevoked:
    group_id: int
    certificate_id: int
    reason: str
    label: str


@fact("trust.name_given", "Boleh memakai nama “{name}” sejak {from_on}.")
class NameGiven:
    permission_id: int
    name: str
    from_on: str


@fact("trust.name_withdrawn", "Izin memakai nama “{name}” dicabut pada {withdrawn_on}.")
class NameWithdrawn:
    permission_id: int
    name: str
    withdrawn_on: str
