"""An officer gives out, prints, replaces and takes back the card of somebody in her place, and of nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.members.actions.cards import issue_card, replace_card
from okoce.community.members.models import Card, Member
from okoce.foundation.access.actor import Actor
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SYSTEM
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


@pytest.fixture
def siti() -> Member:
    return registered(name="Siti Aminah")


def at(member: Member, deed: str = "") -> str:
    return f"/anggota/{member.number}{deed}"


def cards() -> list[tuple[int, str]]:
    return list(Card.objects.order_by("id").values_list("member_id", "reason"))


def part(browser: Client, member: Member) -> str:
    found = page(browser.get(at(member))).select_one("section[aria-labelledby=h-card]")
    return words(found) if found else ""


def test_a_card_is_made_printed_replaced_and_revoked_without_script(
    desk: Desk, ani: Actor, siti: Member
) -> None:
    browser = desk(ani)
    assert "Belum ada." in part(browser, siti)
    told = browser.post(at(siti, "/kartu/buat"), {"dari": "tahap=1"})
    assert told["Location"] == f"{at(siti)}?dari=tahap%3D1#h-card"
    card = Card.objects.get()
    assert "Berlaku Sejak" in part(browser, siti)
    for size in ("", "?ukuran=lembar", "?ukuran=besar"):
        answer = browser.get(at(siti, f"/kartu.pdf{size}"))
        assert answer.content.startswith(b"%PDF"), size
        assert answer["Cache-Control"] == "private, no-store"
    asked = page(browser.get(at(siti, "/kartu/ganti")))
    assert asked.select_one("input[name=seen]")["value"] == str(card.pk)
    assert "juga yang sudah dicetak" in words(asked.main)
    browser.post(at(siti, "/kartu/ganti"), {"seen": card.pk, "reason": "lost"})
    assert cards() == [(siti.pk, "lost"), (siti.pk, "")]
    browser.post(at(siti, "/kartu/batalkan"), {"seen": card.pk + 1, "reason": "mistake"})
    assert cards() == [(siti.pk, "lost"), (siti.pk, "mistake")]
    assert "Terbit karena keliru" in part(browser, siti)
    for gone in ("/kartu.pdf", "/kartu/ganti", "/kartu/batalkan"):
        assert "tidak punya kartu yang berlaku" in words(page(browser.get(at(siti, gone), follow=True)).main)


@pytest.mark.parametrize("deed", ["/kartu/ganti", "/kartu/batalkan"])
@pytest.mark.parametrize("reason", ["", "bosan"])
def test_without_a_known_reason_nothing_changes(
    desk: Desk, ani: Actor, siti: Member, deed: str, reason: str
) -> None:
    card = issue_card(ani, siti)
    shown = page(desk(ani).post(at(siti, deed), {"seen": card.pk, "reason": reason}), 422)
    assert shown.select_one("#id_reason_error")
    assert cards() == [(siti.pk, "")]


def test_a_form_that_came_twice_makes_one_card(desk: Desk, ani: Actor, siti: Member) -> None:
    first, browser = issue_card(ani, siti), desk(ani)
    for _click in range(2):
        browser.post(at(siti, "/kartu/ganti"), {"seen": first.pk, "reason": "damaged"})
    assert cards() == [(siti.pk, "damaged"), (siti.pk, "")]


def test_a_card_that_was_replaced_meanwhile_is_not_revoked_unseen(
    desk: Desk, ani: Actor, siti: Member
) -> None:
    first = issue_card(ani, siti)
    replace_card(SYSTEM, siti, "lost")
    shown = page(desk(ani).post(at(siti, "/kartu/batalkan"), {"seen": first.pk, "reason": "mistake"}), 422)
    assert "sudah diganti dengan yang baru" in words(shown.main)
    assert shown.select_one("input[value=mistake]").has_attr("checked")
    assert cards() == [(siti.pk, "lost"), (siti.pk, "")]


def test_nobody_of_another_place_nor_without_the_right_does_any_of_it(
    desk: Desk, ani: Actor, dewi: Actor, siti: Member
) -> None:
    far = registered(name="Asep", region=COBLONG)
    for member in (siti, far):
        issue_card(SYSTEM, member)
    deeds = ("/kartu/buat", "/kartu/ganti", "/kartu/batalkan")
    for deed in deeds:
        assert desk(ani).post(at(far, deed), {"reason": "lost"}).status_code == 404
        assert desk(dewi).post(at(siti, deed), {"reason": "lost"}).status_code == 403
    assert desk(ani).get(at(far, "/kartu.pdf")).status_code == 404
    assert cards() == [(siti.pk, ""), (far.pk, "")]
    assert "/kartu" not in desk(dewi).get(at(siti)).content.decode()


def test_a_sixth_card_within_a_day_is_refused_beside_the_field(desk: Desk, ani: Actor, siti: Member) -> None:
    for _turn in range(5):
        last = replace_card(SYSTEM, siti, "lost")
    shown = page(desk(ani).post(at(siti, "/kartu/ganti"), {"seen": last.pk, "reason": "lost"}), 422)
    assert "Sudah 5 kartu" in words(shown.main)
    assert Card.objects.get(revoked_at__isnull=True).pk == last.pk


class TestAfterAMerge:
    def test_the_older_records_card_is_told_and_ends_with_the_rest(
        self, desk: Desk, ani: Actor, siti: Member
    ) -> None:
        older, oldest = registered(name="S. Aminah", region=COBLONG), registered(name="Aminah")
        for member in (older, oldest):
            issue_card(SYSTEM, member)
        merge_members(SYSTEM, older, oldest)
        merge_members(SYSTEM, siti, older)
        browser = desk(ani)
        assert "2 kartu dari catatan lama orang ini" in part(browser, siti)
        browser.post(at(siti, "/kartu/batalkan"), {"seen": "", "reason": "copied"})
        assert cards() == [(older.pk, "copied"), (oldest.pk, "copied")]

    def test_the_merged_record_itself_gives_out_and_prints_nothing(
        self, desk: Desk, ani: Actor, siti: Member
    ) -> None:
        other = registered(name="S. Aminah")
        issue_card(SYSTEM, other)
        merge_members(SYSTEM, siti, other)
        assert desk(ani).get(at(other, "/kartu.pdf")).status_code == 409
        shown = page(desk(ani).post(at(other, "/kartu/batalkan"), {"reason": "copied"}), 422)
        assert "sudah digabung" in words(shown.main)
        assert cards() == [(other.pk, "")]
