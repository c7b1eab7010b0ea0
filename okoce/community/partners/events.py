from okoce.foundation.events.facts import fact


@fact("partners.partner_created", "Mitra {name} dicatat.")
class PartnerCreated:
    partner_id: int
    name: str
