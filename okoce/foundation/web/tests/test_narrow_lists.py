"""The chips and the addresses of lists that are narrowed by state."""

from okoce.foundation.web.lists import chips_by_state, list_address

STATES = [("open", "Buka"), ("shut", "Tutup"), ("planned", "Rencana")]


def drawn(counts: dict[str, int], current: str = "", **how: bool) -> list[tuple[str, int | None, bool]]:
    chips = chips_by_state(STATES, counts, current, lambda state: f"?{state}", **how)
    return [(chip.href, chip.count, chip.is_current) for chip in chips]


def test_a_state_without_any_has_no_chip_unless_it_was_chosen() -> None:
    assert drawn({"open": 2, "shut": 1}) == [("?", 3, True), ("?open", 2, False), ("?shut", 1, False)]
    assert drawn({"open": 2}, "planned") == [("?", 2, False), ("?open", 2, False), ("?planned", 0, True)]


def test_a_list_of_few_states_may_show_all() -> None:
    assert [href for href, _count, _is_current in drawn({}, shows_empty=True)] == [
        "?",
        "?open",
        "?shut",
        "?planned",
    ]


def test_an_address_leaves_out_what_was_not_asked() -> None:
    assert list_address("home", q="", hal=0) == "/"
    assert list_address("home", q="a&b", hal=2) == "/?q=a%26b&hal=2"
