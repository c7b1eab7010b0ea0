"""A member card is given once, replaced by a deed, and tells the public no more than it must."""

from datetime import date

import pytest

from okoce.community.members.actions.cards import MOST_A_DAY, issue_card, replace_card, revoke_card
from okoce.community.members.actions.departures import note_departure
from okoce.community.members.models import Card, Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from okoce.community.members.verifying import card_finding, masked_name
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from okoce.foundation.verification.codes import is_whole
from okoce.foundation.verification.registry import Validity
from tests.cast import COBLONG, SYSTEM

pytestmark = pytest.mark.django_db


def herself(member: Member) -> Actor:
    return Actor(label="user:90", user_id=90, grants=(Grant("anggota", Scope(member_id=member.pk)),))


def codes() -> list[tuple[str, bool]]:
    rows = Card.objects.order_by("id").values_list("code", "revoked_at")
    return [(code, revoked_at is None) for code, revoked_at in rows]


def test_a_member_makes_her_card_once() -> None:
    siti = member_with()
    first, again = issue_card(herself(siti), siti), issue_card(herself(siti), siti)
    assert first.pk == again.pk
    assert is_whole(first.code)
    assert [line.kind for line in history_of(SYSTEM, siti)] == ["members.card_issued"]


def test_a_new_card_ends_the_old_one_at_once() -> None:
    siti = member_with()
    old = issue_card(herself(siti), siti)
    new = replace_card(herself(siti), siti, "lost")
    assert codes() == [(old.code, False), (new.code, True)]
    old_finding, new_finding = card_finding(old.code), card_finding(new.code)
    assert old_finding
    assert new_finding
    assert (old_finding.state, new_finding.state) == (Validity.REVOKED, Validity.VALID)
    kinds = [line.kind for line in history_of(SYSTEM, siti)]
    assert kinds == ["members.card_issued", "members.card_revoked", "members.card_issued"]


def test_an_unknown_reason_changes_nothing() -> None:
    siti = member_with()
    card = issue_card(SYSTEM, siti)
    for deed in (replace_card, revoke_card):
        with pytest.raises(Invalid):
            deed(SYSTEM, siti, "bosan")
    assert codes() == [(card.code, True)]


def test_an_officer_of_the_place_revokes_and_others_do_not(ani: Actor, budi: Actor, dewi: Actor) -> None:
    siti = member_with()
    card = issue_card(ani, siti)
    for actor, refusal in ((budi, NotFound), (dewi, NotAllowed), (herself(siti), NotAllowed)):
        with pytest.raises(refusal):
            revoke_card(actor, siti, "copied")
    assert codes() == [(card.code, True)]
    revoke_card(ani, siti, "copied")
    revoke_card(ani, siti, "copied")
    assert codes() == [(card.code, False)]


def test_nobody_makes_a_card_for_somebody_else(budi: Actor) -> None:
    siti, asep = member_with(), member_with(name="Asep", region=COBLONG)
    for actor, member in ((herself(siti), asep), (budi, siti)):
        with pytest.raises(NotFound):
            issue_card(actor, member)
    assert codes() == []


def test_a_sixth_card_within_a_day_is_refused() -> None:
    siti = member_with()
    for _turn in range(MOST_A_DAY):
        replace_card(SYSTEM, siti, "lost")
    before = codes()
    with pytest.raises(Refused):
        replace_card(SYSTEM, siti, "lost")
    assert codes() == before
    assert before[-1][1]  # the last one is still valid


def test_the_public_learns_initials_kecamatan_and_since_when() -> None:
    siti = member_with(name="Siti Wulandari", registered_on=date(2018, 5, 12))
    found = card_finding(issue_card(SYSTEM, siti).code)
    assert found is not None
    assert (found.holder, found.since, found.state) == ("S*** W***", date(2018, 5, 12), Validity.VALID)
    assert found.place == "Senen, Kota Jakarta Pusat, DKI Jakarta"
    assert siti.number not in str(found)


def test_whoever_left_has_a_card_that_has_ended() -> None:
    siti = member_with()
    card = issue_card(SYSTEM, siti)
    note_departure(SYSTEM, siti, date(2019, 1, 1))
    found = card_finding(card.code)
    assert found
    assert (found.state, found.until) == (Validity.ENDED, date(2019, 1, 1))


def test_an_erased_persons_card_is_unknown() -> None:
    siti = member_with()
    card = issue_card(SYSTEM, siti)
    Member.objects.filter(pk=siti.pk).update(erased_at="2026-01-01T00:00:00Z")
    assert card_finding(card.code) is None


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Siti", "S***"),
        ("S", "S***"),
        ("Siti Nur Aminah", "S*** N*** A***"),
        ("H. M. Yusuf Kalla Bin Hasan", "H*** M*** Y*** K***"),
        ("’Aisyah", "A***"),
        ("علي حسن", "ع*** ح***"),
        ("Ни", "Н***"),
        ("A" * 150, "A***"),
        ("", "***"),
        ("- -", "***"),
    ],
)
def test_a_name_is_masked_alike_however_long_it_is(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_card() -> None:
    siti = member_with()
    made = together(20, lambda _place: issue_card(SYSTEM, siti).code)
    assert len(set(made)) == 1
    assert len(codes()) == 1
