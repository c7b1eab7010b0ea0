"""The larger parts of pages: what they say, and that they work without script."""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.template import Context, Template

from okoce.foundation.web.forms import Option, StepperInput
from okoce.foundation.web.gallery_kit import kit_context
from okoce.foundation.web.lists import ComparedLine, FilterChip, ListRow, Side
from okoce.foundation.web.navigation import NavItem
from okoce.foundation.web.tables import Cell, Column


def drawn(source: str, **context: object) -> BeautifulSoup:
    return BeautifulSoup(Template(source).render(Context(context)), "html.parser")


def one(soup: BeautifulSoup, selector: str) -> Tag:
    [found] = soup.select(selector)
    return found


def test_the_wizard_says_where_one_is_and_when_it_was_kept() -> None:
    soup = drawn("{% wizard 3 4 saved_at=at %}", at=datetime(2018, 12, 31, 7, 5, tzinfo=UTC))
    assert [bar.get("data-state", "") for bar in soup.select("li")] == ["done", "done", "", ""]
    assert one(soup, "[aria-current=step]") is soup.select("li")[2]
    assert "Langkah 3 dari 4" in soup.text
    assert one(soup, "[role=status]").text.strip() == "Tersimpan 14.05"


def test_a_wizard_that_kept_nothing_yet_says_nothing() -> None:
    assert one(drawn("{% wizard 1 4 %}"), "[role=status]").text == ""


def test_the_action_bar_goes_back_by_a_link_and_on_by_a_button() -> None:
    soup = drawn('{% action_bar "Simpan" back="/daftar/1" name="lanjut" value="2" %}')
    assert one(soup, "a")["href"] == "/daftar/1"
    assert (one(soup, "button")["name"], one(soup, "button")["value"]) == ("lanjut", "2")
    assert drawn('{% action_bar "Simpan" %}').select("a") == []


@pytest.mark.parametrize("look", ["normal", "late", "waiting"])
def test_the_next_step_tells_what_why_when_and_with_whom(look: str) -> None:
    step = kit_context()[f"next_step_{look}"]
    soup = drawn("{% next_step step %}", step=step)
    card = one(soup, "section.next-step")
    assert card["aria-labelledby"] == one(soup, "h2")["id"]
    assert ("next-step-late" in card["class"]) is (look == "late")
    assert ("next-step-waiting" in card["class"]) is (look == "waiting")
    assert len(soup.select(".trail li")) == 7
    assert len(soup.select(".next-step-actions a")) == {"normal": 2, "late": 1, "waiting": 0}[look]


def test_the_trail_says_in_words_what_its_dots_show() -> None:
    stops = kit_context()["next_step_waiting"].trail  # type: ignore[attr-defined]  # a NextStep
    said = [tag.text for tag in drawn("{% trail stops %}", stops=stops).select(".sr")]
    assert said[3] == "P4 Perizinan: sudah dicap"
    assert said[4] == "P5 Pemasaran: belum diperiksa"
    assert said[6] == "P7 Permodalan: langkah berikutnya"


def test_filters_are_links_that_carry_their_counts() -> None:
    chips = [FilterChip("Semua", "?", 1_284, is_current=True), FilterChip("Macet", "?macet=1")]
    soup = drawn('{% filters chips label="Saring" %}', chips=chips)
    assert [" ".join(link.text.split()) for link in soup.select("a")] == ["Semua 1.284", "Macet"]
    assert one(soup, "[aria-current]").text.startswith("Semua")


def test_a_row_without_an_address_is_no_link() -> None:
    soup = drawn("{% rows rows %}", rows=[ListRow("Ani", "/a"), ListRow("Budi")])
    assert [link["href"] for link in soup.select("a")] == ["/a"]


def test_rows_that_can_be_picked_have_a_named_box_and_the_batch_bar_its_buttons() -> None:
    soup = drawn(
        '{% table columns rows label="x" pick="orang" %}{% batch_bar batch everybody="Semua 30 orang dipilih" %}',
        columns=[Column("Nama")],
        rows=[[Cell("Ani", pick="7")], ["Budi"]],
        batch=[("assign", "Beri pendamping"), ("export", "Unduh")],
    )
    box = one(soup, "input[type=checkbox]")
    assert (box["name"], box["value"]) == ("orang", "7")
    assert one(soup, "label.pick").text == "Pilih Ani"
    assert [button["value"] for button in soup.select("button[name=tindakan]")] == ["assign", "export"]
    assert "{n}" in str(one(soup, "[data-picked]")["data-picked"])
    assert one(soup, "[data-picked]")["data-everybody"] == "Semua 30 orang dipilih"


def test_below_a_text_a_code_stays_whole_and_words_are_broken() -> None:
    soup = drawn(
        '{% table columns rows label="x" %}',
        columns=[Column("Nama")],
        rows=[
            [Cell("Ani", detail="OK-00050237-7")],
            [Cell("Rak", detail="CONTOH/02/PKS · sampai 2 Nov 2026")],
        ],
    )
    assert ["num" in detail["class"] for detail in soup.select(".cell-detail")] == [True, False]


def test_two_records_are_compared_in_words_and_only_differences_are_chosen() -> None:
    lines = [
        ComparedLine("Nama", "Ani", "Anny", "pilih-nama", is_right_chosen=True),
        ComparedLine("HP", "0812", "0812", "pilih-hp"),
        ComparedLine("NIK", "", "3171"),
    ]
    soup = drawn('{% compare left right lines label="x" %}', left=Side("A"), right=Side("B"), lines=lines)
    assert len(soup.select("tr.differs")) == 2
    assert {str(box["name"]) for box in soup.select("input")} == {"pilih-nama"}
    assert one(soup, "input[checked]")["value"] == "right"
    assert [cell.text for cell in soup.select("tr")[3].select("td")] == ["–", "3171"]


def test_a_choice_may_carry_a_note_and_be_drawn_as_tiles_or_segments() -> None:
    class Form(forms.Form):
        kind = forms.ChoiceField(
            widget=forms.RadioSelect, choices=[("a", Option("Sudah jualan", "belum berizin")), ("b", "Belum")]
        )
        number = forms.IntegerField(widget=StepperInput, min_value=0)

    soup = drawn('{% field form.kind css="choice-tiles" %}{% field form.number %}', form=Form())
    assert [note.text for note in soup.select("small")] == ["belum berizin"]
    assert one(soup, ".choice")["class"] == ["choice", "choice-tiles"]
    assert one(soup, "[data-stepper] input")["inputmode"] == "numeric"
    assert one(drawn('{% field form.kind css="segments" %}', form=Form()), "#id_kind")["class"] == [
        "segments"
    ]


def test_the_card_shows_its_code_only_while_it_is_valid() -> None:
    context = kit_context()
    soup = drawn("{% member_card card %}", card=context["card"])
    assert one(soup, "svg.qr[role=img]")["aria-label"]
    assert "Anggota sejak 12 Mei 2018" in soup.text
    void = drawn("{% member_card card %}", card=context["void_card"])
    assert "Tidak berlaku lagi" in void.text
    assert void.select("svg") == []


def test_the_thumb_bar_marks_the_page_one_is_on() -> None:
    items = [NavItem("home", "/saya", "Beranda", "home"), NavItem("card", "/saya/kartu", "Kartu", "badge")]
    assert (
        one(drawn('{% tab_bar items current="card" %}', items=items), "[aria-current]")["href"]
        == "/saya/kartu"
    )


def test_a_day_next_to_a_leaf_is_the_day_on_it() -> None:
    soup = drawn("{% next_step step %}", step=kit_context()["next_step_normal"])
    assert one(soup, "time")["datetime"] == date(2018, 12, 28).isoformat()
    assert " ".join(one(soup, ".leaf").text.split()) == "Des28"
