"""A member may name for a consent whoever the map says serves where she lives, and nobody else."""

import pytest

from okoce.community.partners.tests.factories import active_partner
from okoce.community.partners.tests.signing import signed
from okoce.dashboards.own.sharing import named_partner, partners_to_name
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db


def test_a_bank_of_jakarta_is_no_choice_in_bandung_whatever_its_agreement_says(citra: Actor) -> None:
    bank = active_partner("Bank Contoh")
    signed(citra, bank, places=("",))
    chosen = named_partner(SENEN, "share_bank", str(bank.pk), today_wib())
    assert chosen is not None
    assert chosen.partner_id == bank.pk
    assert partners_to_name(COBLONG) == []
    with pytest.raises(Invalid):
        named_partner(COBLONG, "share_bank", str(bank.pk), today_wib())


def test_a_bank_of_the_nation_is_a_choice_where_its_agreement_reaches_alone(citra: Actor) -> None:
    bank = active_partner("Bank Nasional", areas=("",))
    signed(citra, bank, places=("32.73",))
    assert partners_to_name(SENEN) == []
    assert [names for _words, names in partners_to_name(COBLONG)] == [[(str(bank.pk), "Bank Nasional")]]
