import pytest
from hypothesis import given
from hypothesis import strategies as st

from okoce.community.members.models import Member
from okoce.community.members.numbers import member_number, record_id_of
from okoce.community.members.queries import Search, member_for, search_members
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import Invalid, NotFound
from tests.cast import COBLONG, SENEN

NIK = "3171044107900001"


def names_found(actor: Actor, q: str = "", **search: object) -> list[str]:
    return [member.name for member in search_members(actor, Search(q=q, **search)).members]  # type: ignore[arg-type]  # the test names fields only


@given(st.integers(1, 10**12))
def test_a_number_is_read_back_in_every_spelling(record_id: int) -> None:
    number = member_number(record_id)
    assert record_id_of(number) == record_id
    assert record_id_of(number.lower().replace("-", " ")) == record_id
    assert record_id_of(number.replace("-", "")[2:]) == record_id


@pytest.mark.parametrize(
    "typed", ["OK-00000123-1", "OK-123", "", "OK", "ＯＫ００００００１２３０", "OK-00000000-0", "9" * 40]
)
def test_a_mistyped_number_finds_nobody(typed: str) -> None:
    assert record_id_of(typed) is None


def test_eight_digits_are_a_number_without_its_check_digit() -> None:
    assert record_id_of("OK-00000123") == 123
    assert record_id_of("00000123") == 123


@pytest.mark.django_db
class TestMemberFor:
    def test_a_member_of_the_area_is_found_by_number_or_id(self, ani: Actor) -> None:
        member = member_with()
        assert member_for(ani, member.number) == member_for(ani, member.pk) == member

    def test_a_member_of_another_area_reads_like_one_who_does_not_exist(self, budi: Actor) -> None:
        member = member_with()
        with pytest.raises(NotFound) as elsewhere:
            member_for(budi, member.number)
        with pytest.raises(NotFound) as nowhere:
            member_for(budi, "OK-99999999-4")
        assert elsewhere.value.sentence == nowhere.value.sentence

    def test_nonsense_is_not_found(self, citra: Actor) -> None:
        for nonsense in ("", "\x00", "OK-00000001-0", "Siti", 2**70):
            with pytest.raises(NotFound):
                member_for(citra, nonsense)


@pytest.mark.django_db
class TestSearch:
    @pytest.mark.parametrize("typed", ["0812-3456-7890", "6281234567890", "+62 812 3456 7890", "81234567890"])
    def test_a_phone_is_found_in_any_spelling(self, ani: Actor, typed: str) -> None:
        member_with(name="Siti", phone="0812 3456 7890")
        member_with(name="Aminah", phone="0812 3456 7890")
        assert names_found(ani, typed) == ["Aminah", "Siti"]

    def test_a_number_and_a_nik_find_one_person(self, ani: Actor) -> None:
        member = member_with(name="Siti", nik=NIK)
        member_with(name="Aminah")
        for typed in (member.number, member.number.replace("-", ""), NIK, "3171 0441 0790 0001"):
            assert names_found(ani, typed) == ["Siti"]

    def test_first_letters_find_names_in_order(self, ani: Actor) -> None:
        for name in ("Siti Zubaidah", "Hj. Siti Aminah", "Sitorus", "Budi"):
            member_with(name=name)
        assert names_found(ani, "siti") == ["Hj. Siti Aminah", "Siti Zubaidah"]
        assert names_found(ani, "SIT") == ["Hj. Siti Aminah", "Siti Zubaidah", "Sitorus"]
        assert names_found(ani, "Hj Siti A") == ["Hj. Siti Aminah"]

    @pytest.mark.parametrize("typed", ["Sitti Aminnah", "Siti Amina", "Sti Aminah", "siti aminah z"])
    def test_a_misspelt_name_is_found_when_nothing_begins_like_it(self, ani: Actor, typed: str) -> None:
        member_with(name="Siti Aminah")
        member_with(name="Budi Santoso")
        assert names_found(ani, typed) == ["Siti Aminah"]

    def test_a_typo_finds_nobody_outside_the_area(self, budi: Actor) -> None:
        member_with(name="Siti Aminah")
        assert names_found(budi, "Sitti Aminnah") == []

    @pytest.mark.parametrize(
        "typed", ["\x00", "%", "_", "12", "OK-00000001-0", "x" * 500, "+62", "'; --", "\ud800"]
    )
    def test_what_finds_nobody_is_no_error(self, citra: Actor, typed: str) -> None:
        member_with()
        assert names_found(citra, typed) == []

    def test_scope_narrows_and_never_widens(self, citra: Actor, ani: Actor) -> None:
        member_with(name="Warga Senen")
        member_with(name="Warga Coblong", region=COBLONG)
        assert names_found(citra, scope="32.73") == ["Warga Coblong"]
        assert names_found(citra, "warga", scope="31") == ["Warga Senen"]
        assert names_found(citra, "warga", scope=SENEN) == ["Warga Senen"]
        assert names_found(ani, "warga", scope="32") == []
        assert names_found(citra, scope="3") == []
        assert names_found(citra, scope="K:x") == []

    def test_pages_follow_each_other_without_gap_or_repetition(self, citra: Actor) -> None:
        for name in ("Ani", "Budi", "Budi", "Budi", "Citra"):
            member_with(name=name)
        seen: list[int] = []
        cursor = ""
        while cursor is not None:
            page = search_members(citra, Search(cursor=cursor, limit=2))
            seen += [member.pk for member in page.members]
            cursor = page.next  # type: ignore[assignment]  # the last page has none, and ends the loop
        assert seen == list(Member.objects.order_by("name_key", "id").values_list("pk", flat=True))

    @pytest.mark.parametrize("cursor", ["x", "AAAA", "ÿ", "\x00", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
    def test_a_foreign_cursor_is_refused(self, citra: Actor, cursor: str) -> None:
        with pytest.raises(Invalid):
            search_members(citra, Search(cursor=cursor))

    def test_the_number_of_a_merged_record_finds_the_one_that_speaks_for_the_person(
        self, citra: Actor
    ) -> None:
        kept, absorbed = member_with(), member_with()
        Member.objects.filter(pk=absorbed.pk).update(merged_into=kept)
        for typed in (absorbed.number, absorbed.number.replace("-", "").lower()):
            assert search_members(citra, Search(q=typed)).members == [kept]

    def test_merged_records_are_not_found(self, citra: Actor) -> None:
        first, second = member_with(name="Siti"), member_with(name="Siti")
        Member.objects.filter(pk=second.pk).update(merged_into=first)
        assert [member.pk for member in search_members(citra, Search(q="siti")).members] == [first.pk]

    def test_a_search_costs_the_same_for_three_and_for_thirty(
        self, ani: Actor, django_assert_num_queries: object
    ) -> None:
        """Who begins so, and who holds it further in; a page that the first fill asks for no more."""
        for _person in range(3):
            member_with()
        with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture is a function
            names_found(ani, "siti")
        for _person in range(30):
            member_with()
        with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture is a function
            names_found(ani, "siti")
        with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture is a function
            names_found(ani, "siti", limit=30)
