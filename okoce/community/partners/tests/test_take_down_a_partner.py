"""The secretariat takes a mitra down, corrects it, and says where it serves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from okoce.community.members.tests.together import together
from okoce.community.partners.actions.areas import change_partner_areas
from okoce.community.partners.actions.contacts import end_contact
from okoce.community.partners.actions.partners import (
    NewPartner,
    check_partner,
    correct_partner,
    create_partner,
    refuse_partner,
)
from okoce.community.partners.models import Partner, PartnerArea, PartnerCheck, Proposal
from okoce.community.partners.tests.factories import PHONE, active_partner, contact_of, items, proposed
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from okoce.foundation.territory import queries as territory
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
TOLD = {
    "name": "Dinas  UMKM Jakarta",
    "kind": "skpd",
    "place": "DKI Jakarta",
    "offer": "Pelatihan kemasan.",
    "contact_name": "Rina Hartati",
    "contact_phone": "0813 1111 2222",
}


class TestTheForm:
    def test_a_misspelt_place_is_offered_and_nothing_typed_is_lost(self, desk: Desk, citra: Actor) -> None:
        secretariat = desk(citra)
        refused = secretariat.post("/mitra/baru", {**TOLD, "place": "Senenn"})
        shown = page(refused, 422)
        assert "31.71.04" in {one["value"] for one in shown.select("input[name=region]")}
        assert "Pelatihan kemasan." in words(shown.main)
        assert not Partner.objects.exists()
        secretariat.post("/mitra/baru", {**TOLD, "place": "Senenn", "region": "31.71.04"})
        assert Partner.objects.get().region == "31.71.04"

    def test_of_one_name_in_several_places_each_is_offered_with_its_kabupaten(
        self, desk: Desk, citra: Actor
    ) -> None:
        shown = page(desk(citra).post("/mitra/baru", {**TOLD, "place": "Sukajadi"}), 422)
        assert len(shown.select("input[name=region]")) > 1
        assert "Kota Bandung, Jawa Barat" in words(shown.main)
        assert not Partner.objects.exists()

    def test_without_a_place_it_is_the_nation(self, desk: Desk, citra: Actor) -> None:
        desk(citra).post("/mitra/baru", {**TOLD, "place": ""})
        assert Partner.objects.get().region == ""

    def test_what_is_like_nothing_is_said_to_be_so(self, desk: Desk, citra: Actor) -> None:
        shown = page(desk(citra).post("/mitra/baru", {**TOLD, "place": "Xqzvw"}), 422)
        assert "“Xqzvw” tidak ditemukan" in words(shown.main)
        assert not Partner.objects.exists()


class TestTakingDown:
    def test_a_mitra_waits_to_be_validated(self, citra: Actor) -> None:
        new = NewPartner(name="Bank  Maju", kind="bank", areas=("31",))
        partner = create_partner(citra, new)
        assert (partner.name, partner.kind, partner.region, partner.state) == (
            "Bank Maju",
            "bank",
            "31",
            "proposed",
        )
        assert list(PartnerArea.objects.values_list("region", flat=True)) == ["31"]

    @pytest.mark.parametrize(
        ("told", "fields"),
        [
            ({"name": " "}, {"name"}),
            ({"name": "\x00"}, {"name"}),
            ({"kind": "toko"}, {"kind"}),
            ({"areas": ()}, {"areas"}),
            ({"areas": ("99",)}, {"areas"}),
            ({"contact_name": "Rina"}, {"contact_phone"}),
            (
                {"name": "", "kind": "x", "contact_phone": "12"},
                {"name", "kind", "contact_name", "contact_phone"},
            ),
        ],
    )
    def test_what_is_missing_is_named_all_at_once(
        self, citra: Actor, told: dict[str, Any], fields: set[str]
    ) -> None:
        with pytest.raises(Invalid) as refusal:
            create_partner(citra, NewPartner(**({"name": "Bank", "kind": "bank"} | told)))
        assert {error.field for error in refusal.value.errors} == fields
        assert not Partner.objects.exists()

    def test_one_name_is_one_mitra_until_it_is_refused(self, citra: Actor) -> None:
        first = proposed("Bank Maju")
        with pytest.raises(Conflict):
            create_partner(citra, NewPartner(name="BANK maju", kind="bank"))
        assert Partner.objects.count() == 1
        refuse_partner(citra, first, "Bukan bank yang sebenarnya.")
        assert create_partner(citra, NewPartner(name="Bank Maju", kind="bank")).state == "proposed"

    def test_officers_may_not(self, ani: Actor) -> None:
        with pytest.raises(NotAllowed):
            create_partner(ani, NewPartner(name="Bank", kind="bank"))
        assert not Partner.objects.exists()

    def test_the_secretariat_of_one_province_takes_down_no_mitra_of_another(self) -> None:
        jakarta = Actor(label="user:5", user_id=5, grants=(Grant("sekretariat", Scope(region="31")),))
        with pytest.raises(NotFound):
            create_partner(jakarta, NewPartner(name="Bank", kind="bank", areas=("32",)))
        assert not Partner.objects.exists()


class TestCorrecting:
    def test_asks_again_what_was_checked_of_something_else(self, citra: Actor) -> None:
        partner = proposed()
        check_partner(citra, partner, items())
        new = NewPartner(name="Bank Maju Jaya", kind="bank", contact_name="Rina", contact_phone=PHONE)
        correct_partner(citra, partner, new)
        assert Partner.objects.get().name == "Bank Maju Jaya"
        assert (Proposal.objects.get().contact_name, PartnerCheck.objects.count()) == ("Rina", 0)
        assert Partner.objects.get().region == "31"

    def test_a_bank_with_contact_persons_becomes_no_other_kind_with_its_rights(self, citra: Actor) -> None:
        bank = active_partner()
        contact, _banker = contact_of(bank)
        office = NewPartner(name="Bank Maju", kind="ngo", areas=("31",))
        with pytest.raises(Refused) as refusal:
            correct_partner(citra, bank, office)
        assert refusal.value.field == "kind"
        assert Partner.objects.get().kind == "bank"
        end_contact(citra, contact, today_wib())
        assert correct_partner(citra, bank, office).kind == "ngo"
        contact_of(bank, "dian")
        assert correct_partner(citra, bank, NewPartner(name="Bank Maju", kind="media")).kind == "media"

    def test_a_name_of_another_is_refused(self, citra: Actor) -> None:
        proposed("Bank Maju")
        other = proposed("Bank Lain")
        with pytest.raises(Conflict):
            correct_partner(citra, other, NewPartner(name="Bank Maju", kind="bank"))
        assert Partner.objects.get(pk=other.pk).name == "Bank Lain"


class TestPlaces:
    def test_the_wide_takes_the_place_of_what_lies_in_it_and_the_home_moves_along(self, citra: Actor) -> None:
        partner = proposed(areas=("31.71",))
        change_partner_areas(citra, partner, ["31.71", "31", "32.73"])
        open_now = PartnerArea.objects.filter(until_on=None).order_by("region")
        assert list(open_now.values_list("region", flat=True)) == ["31", "32.73"]
        assert Partner.objects.get().region == ""

    def test_none_at_all_is_refused(self, citra: Actor) -> None:
        partner = proposed()
        with pytest.raises(Invalid):
            change_partner_areas(citra, partner, [])
        assert PartnerArea.objects.get().until_on is None

    def test_the_page_adds_and_takes_away_by_buttons(self, desk: Desk, citra: Actor) -> None:
        partner, client = proposed(), desk(citra)
        address = f"/mitra/{partner.pk}/wilayah"
        found = page(client.get(address, {"cari": "Coblong"}))
        assert "32.73.02" in [button["value"] for button in found.select("button[name=tambah]")]
        client.post(address, {"tambah": "32.73.02"})
        client.post(address, {"hapus": "31"})
        assert Partner.objects.get().region == "32.73.02"
        assert "masih kosong" in words(page(client.post(address, {"hapus": "32.73.02"}), 422).main)
        client.post(address, {"tambah": "*"})
        assert Partner.objects.get().region == ""
        assert "tidak ditemukan" in words(page(client.get(address, {"cari": "qqqqqqq"})).main)


@pytest.mark.django_db(transaction=True)
def test_six_clicks_at_once_take_down_one(citra: Actor) -> None:
    results = together(6, lambda _place: create_partner(citra, NewPartner(name="Bank Maju", kind="bank")))
    assert sum(isinstance(result, Partner) for result in results) == Partner.objects.count() == 1


class TestThePage:
    def test_takes_down_and_leads_on_to_the_places(self, desk: Desk, citra: Actor) -> None:
        answer = desk(citra).post("/mitra/baru", TOLD)
        partner = Partner.objects.get()
        assert answer["Location"] == f"/mitra/{partner.pk}/wilayah"
        assert (partner.name, Proposal.objects.get().contact_phone) == ("Dinas UMKM Jakarta", PHONE)

    def test_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(
        self, desk: Desk, citra: Actor
    ) -> None:
        shown = page(desk(citra).post("/mitra/baru", {**TOLD, "contact_phone": "12"}), 422)
        assert shown.select_one("#id_contact_phone_error") is not None
        assert shown.select_one("#id_name")["value"] == TOLD["name"]
        assert not Partner.objects.exists()

    def test_shows_the_number_of_whoever_speaks_for_it_to_the_secretariat_alone(
        self, desk: Desk, citra: Actor, dewi: Actor
    ) -> None:
        partner = active_partner()
        assert "0813-1111-2222" in words(page(desk(citra).get(f"/mitra/{partner.pk}")).main)
        shown = words(page(desk(dewi).get(f"/mitra/{partner.pk}")).main)
        assert "0813" not in shown
        assert "Rina" not in shown

    def test_the_list_narrows_and_costs_the_same_for_many(self, desk: Desk, citra: Actor) -> None:
        client = desk(citra)

        def grow(count: int) -> None:
            for _one in range(count):
                proposed(f"Bank {Partner.objects.count()}")

        assert_constant_queries(lambda: client.get("/mitra"), grow)
        active_partner("Kampus Merdeka", "campus")
        assert "Kampus Merdeka" not in words(page(client.get("/mitra?jenis=bank")).main)
        assert "Kampus Merdeka" in words(page(client.get("/mitra?keadaan=active&q=merd")).main)

    @pytest.mark.parametrize("page_of", ["/mitra/%s", "/mitra/%s/wilayah"])
    def test_a_page_costs_the_same_for_many_places(self, desk: Desk, citra: Actor, page_of: str) -> None:
        partner, client, kecamatan = proposed(areas=("33",)), desk(citra), territory.districts("31")

        def grow(count: int) -> None:
            standing = PartnerArea.objects.filter(partner=partner, until_on__isnull=True).count() - 1
            codes = [place.code for place in kecamatan[: standing + count]]
            change_partner_areas(citra, partner, ["33", *codes])

        assert_constant_queries(lambda: client.get(page_of % partner.pk), grow)
