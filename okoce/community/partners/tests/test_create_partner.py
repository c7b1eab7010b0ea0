import pytest

from okoce.community.partners.actions import NewPartner, create_partner
from okoce.community.partners.models import Partner
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import Invalid, NotAllowed

pytestmark = pytest.mark.django_db


def test_the_secretariat_takes_down_a_partner(citra: Actor) -> None:
    partner = create_partner(citra, NewPartner(name="Bank  Maju", kind="bank", region="31"))
    assert (partner.name, partner.kind, partner.region) == ("Bank Maju", "bank", "31")


@pytest.mark.parametrize(
    "new",
    [
        NewPartner(name=" ", kind="bank"),
        NewPartner(name="Bank", kind="toko"),
        NewPartner(name="\x00", kind="bank"),
    ],
)
def test_an_incomplete_partner_is_refused(citra: Actor, new: NewPartner) -> None:
    with pytest.raises(Invalid):
        create_partner(citra, new)
    assert not Partner.objects.exists()


def test_officers_may_not(ani: Actor) -> None:
    with pytest.raises(NotAllowed):
        create_partner(ani, NewPartner(name="Bank", kind="bank"))
    assert not Partner.objects.exists()
