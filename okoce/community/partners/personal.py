"""Partners are offices and companies."""

from okoce.foundation.personal.registry import not_forgotten, not_told

not_told("partners.Partner", "the name of an office or a company")
not_forgotten("partners.Partner", "the name of an office or a company")
