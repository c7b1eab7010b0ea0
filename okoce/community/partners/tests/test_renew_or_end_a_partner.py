"""A mitra all of whose agreements are over serves nothing: the secretariat reads which these are, and how to go on."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.community.partners.actions.agreements import end_agreement
from okoce.community.partners.actions.partners import pause_partner
from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.models import Partner
from okoce.community.partners.queries.lapsed import count_lapsed
from okoce.community.partners.queries.serving import serving_in
from okoce.community.partners.tests.factories import active_partner, contact_of
from okoce.community.partners.tests.signing import JANUARY, signed
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from tests.cast import SENEN
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LIST = "/mitra?keadaan=habis"


def over(actor: Actor, name: str = "Bank Lama") -> tuple[Partner, Agreement]:
    partner = active_partner(name)
    last = today_wib() - timedelta(days=3)
    return partner, signed(
        actor, partner, number=f"1/{name}", signed_on=JANUARY, from_on=JANUARY, last_on=last
    )


def named(answer: object) -> list[str]:
    return [words(one) for one in page(answer).select("tbody th")]


def test_the_secretariat_reads_whose_agreements_are_over_and_how_to_go_on(desk: Desk, citra: Actor) -> None:
    partner, agreement = over(citra)
    signed(citra, active_partner("Bank Maju"))
    active_partner("Bank Tanpa Perjanjian")
    assert partner.pk not in serving_in(SENEN)
    secretariat = desk(citra)
    shown = page(secretariat.get(LIST))
    assert named(secretariat.get(LIST)) == ["Bank Lama"]
    links = {words(link): link["href"] for link in shown.select("tbody a")}
    assert links["Perpanjang"] == f"/perjanjian/{agreement.pk}"
    assert links["Akhiri kemitraan"] == f"/mitra/{partner.pk}#h-deeds"
    assert "tidak melayani apa pun" in words(shown.main)
    assert "Perjanjian berakhir, masih aktif" in words(page(secretariat.get("/mitra")).main)


def test_the_page_of_who_serves_what_says_so_and_leads_there(desk: Desk, citra: Actor) -> None:
    secretariat = desk(citra)
    assert "masih aktif, tetapi" not in words(page(secretariat.get("/mitra/layanan")).main)
    over(citra)
    shown = page(secretariat.get("/mitra/layanan"))
    told = words(shown.main)
    assert "tidak melayani apa pun sampai ada perjanjian baru, walaupun mitranya masih aktif" in told
    assert "1 mitra masih aktif, tetapi semua perjanjiannya sudah berakhir." in told
    assert shown.select_one(f"a[href='{LIST}']") is not None


def test_what_was_ended_early_is_followed_by_another_agreement(desk: Desk, citra: Actor) -> None:
    partner = active_partner("Bank Lama")
    end_agreement(citra, signed(citra, partner), today_wib(), "Direksi berganti.")
    links = {words(link): link["href"] for link in page(desk(citra).get(LIST)).select("tbody a")}
    assert links["Catat perjanjian baru"] == f"/mitra/{partner.pk}/perjanjian"


def test_what_was_over_last_is_named_and_not_what_would_have_lasted_longest(desk: Desk, citra: Actor) -> None:
    partner, last = over(citra)
    long_ago = {"signed_on": date(2020, 1, 1), "from_on": date(2020, 1, 1)}
    cut = signed(citra, partner, number="9/PKS", **long_ago, last_on=today_wib() + timedelta(days=1_000))
    end_agreement(citra, cut, today_wib() - timedelta(days=30), "Direksi berganti.")
    line = page(desk(citra).get(LIST)).select_one("tbody tr")
    links = {words(link): link["href"] for link in line.select("a")}
    assert links["Perpanjang"] == f"/perjanjian/{last.pk}"
    assert "9/PKS" not in words(line)
    end_agreement(
        citra,
        signed(citra, partner, number="10/PKS", **long_ago, last_on=today_wib() + timedelta(days=1)),
        today_wib(),
        "Direksi berganti.",
    )
    line = page(desk(citra).get(LIST)).select_one("tbody tr")
    assert "10/PKS" in words(line)
    assert "Catat perjanjian baru" in words(line)


def test_who_has_signed_anew_rests_or_never_signed_is_not_among_them(citra: Actor) -> None:
    renewed, _old = over(citra, "Bank Baru")
    tomorrow = today_wib() + timedelta(days=1)
    signed(citra, renewed, number="2/Baru", signed_on=today_wib(), from_on=tomorrow, last_on=tomorrow)
    resting, _old = over(citra, "Bank Libur")
    pause_partner(citra, resting, "Libur.")
    active_partner("Bank Tanpa Perjanjian")
    assert count_lapsed(citra) == 0
    over(citra)
    assert count_lapsed(citra) == 1


def test_who_only_reads_is_shown_the_same_list_and_nothing_to_do_there(
    desk: Desk, dewi: Actor, citra: Actor
) -> None:
    partner, agreement = over(citra)
    over(citra, "Bank Lain")
    banker = contact_of(partner)[1]
    for reader, seen in ((dewi, ["Bank Lain", "Bank Lama"]), (banker, ["Bank Lama"])):
        client = desk(reader)
        shown = page(client.get("/mitra"))
        chip = shown.select_one(f"main a[href='{LIST}']")
        assert words(chip) == f"Perjanjian berakhir, masih aktif {len(seen)}"
        assert named(client.get(LIST)) == seen
        found = page(client.get(LIST))
        offered = {link["href"] for link in found.select("tbody a")}
        assert offered >= {f"/mitra/{partner.pk}", f"/perjanjian/{agreement.pk}"}
        assert not {"Akhiri kemitraan", "Perpanjang", "Catat perjanjian baru"} & set(
            map(words, found.select("tbody a"))
        )
        assert "tidak melayani apa pun" in words(found.main)
        assert "akhiri kemitraannya" not in words(found.main)
        assert "masih aktif, tetapi" not in words(page(client.get("/mitra/layanan")).main)


def test_a_long_list_costs_the_queries_of_a_short_one(desk: Desk, citra: Actor) -> None:
    secretariat = desk(citra)

    def grow(number: int) -> None:
        standing = Partner.objects.count()
        for added in range(number):
            over(citra, f"Bank {standing + added}")

    assert_constant_queries(lambda: secretariat.get(LIST), grow)
