"""A slip in one word of a name, or in each, still finds the person within a kabupaten: the likest first, and every word counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okoce.community.members.queries import Search, search_members
from okoce.community.members.slips import slips_in
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.edits import edits
from tests.cast import COBLONG, SENEN

WORDS = st.text("abr", max_size=7)


def found(actor: Actor, q: str) -> list[str]:
    page = search_members(actor, Search(q=q, limit=8))
    assert page.is_similar == bool(page.members)
    return [member.name for member in page.members]


@pytest.mark.parametrize(
    ("word", "other", "slips"),
    [
        ("ahmd", "ahmad", 1),
        ("amhad", "ahmad", 1),
        ("agoes", "agus", 2),
        ("siti", "siti", 0),
        ("", "ani", 3),
        ("ca", "abc", 3),
    ],
)
def test_a_slip_is_a_letter_wrong_missing_too_many_or_swapped(word: str, other: str, slips: int) -> None:
    assert edits(word, other) == slips == edits(other, word)


@given(WORDS, WORDS)
def test_words_are_as_far_apart_as_their_slips(word: str, other: str) -> None:
    assert (edits(word, other) == 0) == (word == other)
    assert abs(len(word) - len(other)) <= edits(word, other) <= max(len(word), len(other))


@pytest.mark.parametrize(
    ("words", "name", "slips"),
    [
        (("ahmd", "teguh"), "ahmad teguh saputra", 1),
        (("ahmd", "teguh"), "teguh", None),
        (("teguh", "ahmd"), "ahmad tegih", 2),
        (("siti", "siti"), "siti aminah", None),
        (("eka",), "eko prasetyo", None),
        (("eko", "firmansah"), "eko firmansyah", 1),
        (("rosmala",), "rosmini", None),
    ],
)
def test_each_word_is_answered_by_a_word_of_its_own(
    words: tuple[str, ...], name: str, slips: int | None
) -> None:
    assert slips_in(words, name) == slips


@pytest.mark.django_db
class TestWithinAKabupaten:
    def test_one_word_of_a_long_name_is_found_misspelt(self, ani: Actor) -> None:
        for name in (
            "Rosmini Wijaya Kusuma",
            "Aminah Rosmini Simanjuntak",
            "Rosalina Wijaya",
            "Budi Santoso",
        ):
            member_with(name=name)
        assert found(ani, "rosmni") == ["Aminah Rosmini Simanjuntak", "Rosmini Wijaya Kusuma"]

    def test_every_word_counts_and_the_likest_comes_first(self, ani: Actor) -> None:
        for name in (
            "Teguh",
            "Ahmad Tegas Wijaya",
            "Ahmad Teguh Saputra",
            "Amad Tegoh Saputra",
            "Teguh Santoso",
        ):
            member_with(name=name)
        assert found(ani, "ahmd teguh")[0] == "Ahmad Teguh Saputra"
        assert found(ani, "teguh ahmd")[0] == "Ahmad Teguh Saputra"
        assert "Ahmad Tegas Wijaya" not in found(ani, "ahmd teguh")

    def test_nobody_of_another_place_is_found(self, budi: Actor) -> None:
        member_with(name="Rosmini Wijaya Kusuma")
        assert found(budi, "rosmni") == []
        member_with(name="Rosmini Wijaya Kusuma", region=COBLONG)
        assert found(budi, "rosmni") == ["Rosmini Wijaya Kusuma"]

    @pytest.mark.parametrize("scope", [Scope(region=SENEN), Scope(region="31.71")])
    def test_by_whoever_works_in_that_place(self, scope: Scope) -> None:
        member_with(name="Rosmini Wijaya Kusuma")
        member_with(name="Rosmini Wijaya Kusuma", region=COBLONG)
        officer = Actor("user:5", 5, (Grant("petugas_kecamatan", scope),))
        assert found(officer, "rosmni") == ["Rosmini Wijaya Kusuma"]

    @pytest.mark.parametrize("q", ["sti rahayu", "Siti Rahaju", "siti rahyau"])
    def test_short_words_and_swapped_letters(self, ani: Actor, q: str) -> None:
        member_with(name="Siti Nur Rahayu Handayani")
        assert found(ani, q) == ["Siti Nur Rahayu Handayani"]

    def test_names_without_a_word_of_the_question_are_not_offered(self, ani: Actor) -> None:
        member_with(name="Rosmala Dewi Anggraini")
        assert found(ani, "zulkifli") == []

    def test_it_costs_the_same_for_three_and_for_thirty(
        self, ani: Actor, django_assert_num_queries: object
    ) -> None:
        """Where those found by their words fill the list, the likeness of whole names is not asked."""
        count_of = {3: 11, 30: 7}
        for count, queries in count_of.items():
            for _person in range(count):
                member_with(name="Rosmini Wijaya Kusuma")
            with django_assert_num_queries(queries):  # type: ignore[operator]  # pytest-django's fixture is a function
                found(ani, "rosmni")
