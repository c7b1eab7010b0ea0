"""Nothing of a person: a komunitas or a mitra is certified and named, its secretariat's accounts are authors."""

from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.registry import not_forgotten, not_told

may_name("trust.NamePermission", "conditions", "withdrawn_reason")

WHY = "the name that a komunitas or mitra may use, which is nobody's"

not_told("trust.NamePermission", WHY)
not_forgotten("trust.NamePermission", WHY)
