from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.template import Context, Template
from django.template.exceptions import TemplateSyntaxError
from django.utils import translation

from okoce.foundation.web import gallery
from okoce.foundation.web.figures import Figure
from okoce.foundation.web.forms import QuestionForm
from okoce.foundation.web.funnel import FunnelStage, Reason
from okoce.foundation.web.passport import Stamp, StampState
from okoce.foundation.web.tables import Cell, Column, MappedColumn
from okoce.foundation.web.timeline import TimelineEntry
from tests.pages import words

NASTY = "<script>alert('x')</script>"


@pytest.fixture(autouse=True)
def _indonesian() -> object:
    with translation.override("id"):
        yield


def drawn(source: str, **context: Any) -> BeautifulSoup:
    return BeautifulSoup(Template(source).render(Context(context)), "html.parser")


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, (selector, len(found))
    return found[0]


class Form(forms.Form):
    name = forms.CharField(label="Nama", help_text="Sesuai KTP")
    trade = forms.ChoiceField(label="Usaha?", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(label="Catatan", required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Nomor ini sudah terdaftar.")


def test_help_and_error_stand_above_the_input_and_describe_it() -> None:
    soup = drawn("{% field form.name %}", form=Form({}))
    order = [tag.name for tag in one(soup, ".field.field-invalid").find_all(["label", "p", "input"])]
    assert order == ["label", "p", "p", "input"]
    field = one(soup, "input")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_name_error id_name_help"
    assert {one(soup, ".error")["id"], one(soup, ".help")["id"]} == {"id_name_error", "id_name_help"}
    assert field["class"] == ["input"]


def test_a_field_without_help_or_error_points_to_nothing() -> None:
    field = one(drawn("{% field form.note %}", form=Form()), "input")
    assert "aria-describedby" not in field.attrs
    assert "aria-invalid" not in field.attrs


def test_optional_fields_say_so() -> None:
    assert "boleh kosong" in drawn("{% field form.note %}", form=Form()).text
    assert "boleh kosong" not in drawn("{% field form.name %}", form=Form()).text


def test_a_form_that_only_asks_questions_marks_no_field_as_optional() -> None:
    class Question(QuestionForm):
        note = forms.CharField(required=False)

    assert "boleh kosong" not in drawn("{% field form.note %}", form=Question()).text


def test_radio_buttons_become_choice_cards_in_a_fieldset() -> None:
    soup = drawn("{% field form.trade %}", form=Form({}))
    assert one(soup, "fieldset > legend").text == "Usaha?"
    assert len(soup.select(".choice > label > input[type=radio]")) == 2
    assert one(soup, ".choice")["id"] == "id_trade"


def test_the_error_summary_links_to_each_field() -> None:
    source = "{% error_summary form %}{% for bound in form %}{% field bound %}{% endfor %}"
    soup = drawn(source, form=Form({}))
    summary = one(soup, "[role=alert]")
    assert "Ada 3 yang perlu dibetulkan" in summary.text
    assert "Nomor ini sudah terdaftar." in summary.text
    targets = [str(link["href"])[1:] for link in summary.select("a")]
    assert targets == ["id_name", "id_trade"]
    assert all(soup.find(id=target) for target in targets)


def test_a_form_without_errors_has_no_summary() -> None:
    assert drawn("{% error_summary form %}", form=Form()).text.strip() == ""


def test_names_are_escaped_everywhere() -> None:
    soup = drawn(
        "{% button text %}{% notice text %}{% badge text %}{% empty text text %}{% explain text text %}"
        "{% figures figures %}{% funnel stages %}{% reasons reasons %}"
        "{% table columns rows label=text %}"
        "{% timeline lines %}{% mapping mapped %}{% passport text stamps %}{% pager text %}"
        "{% progress text %}{% upload 'berkas' text error=text %}{% constellation lit text %}",
        text=NASTY,
        figures=[Figure(NASTY, 1, NASTY, date(2018, 12, 31), NASTY)],
        stages=[FunnelStage(NASTY, NASTY, 3)],
        reasons=[Reason(NASTY, 3, NASTY, "#", NASTY)],
        columns=[Column(NASTY), Column(NASTY)],
        rows=[[NASTY, Cell(NASTY, href="#")]],
        lines=[TimelineEntry(NASTY, author=NASTY, changes={NASTY: [NASTY, NASTY]})],
        mapped=[MappedColumn(1, NASTY, NASTY, [NASTY], NASTY)],
        stamps=[Stamp(1, NASTY, StampState.VERIFIED, NASTY)],
        lit={},
    )
    assert soup.find("script") is None


def test_a_figure_tells_its_day_source_and_definition() -> None:
    soup = drawn("{% figures figures %}", figures=gallery.sample_context()["figures"])
    first, claimed, share, unknown = soup.select(".figure")
    assert one(first, ".figure-value data")["value"] == "65414"
    assert one(first, ".figure-value").text == "65.414"
    assert "Per 31 Des 2018 · dihitung dari catatan" in words(first)
    assert "claimed" in claimed["class"]
    assert "claimed" not in first["class"]
    assert "16.734 / 65.414" in share.text
    assert one(share, "data")["value"].startswith("0.2558")
    assert one(unknown, ".figure-value").text == "–"


def test_a_funnel_names_numerator_denominator_and_loss() -> None:
    soup = drawn("{% funnel stages %}", stages=gallery.sample_context()["stages"])
    rows = soup.select("ol.funnel > li")
    assert "85,2% = 55.732 / 65.414 orang di P1" in " ".join(rows[1].text.split())
    assert "9.682 belum lanjut" in rows[1].text
    assert "Paling banyak berhenti di sini" in rows[2].text
    assert "funnel-chosen" in rows[3]["class"]
    assert "<5" in rows[4].text
    assert "Tidak diumumkan. Bukan nol." in rows[5].text
    assert rows[6].select(".fill")[0]["width"] == "0.00%"


def test_bar_widths_keep_their_point_in_indonesian() -> None:
    soup = drawn("{% funnel stages %}{% reasons reasons %}", **gallery.sample_context())
    widths = [str(rect["width"]) for rect in soup.select("rect")]
    assert widths
    assert not any("," in width for width in widths)


def test_a_free_rule_explains_more_than_a_hundred_percent() -> None:
    soup = drawn("{% funnel stages %}", stages=gallery.sample_context()["free_stages"])
    assert "160,0% = 48 / 30 orang di P2" in " ".join(soup.text.split())
    assert "tanpa urutan" in soup.text


def test_only_one_of_two_funnels_brings_the_patterns() -> None:
    source = "{% funnel stages %}{% funnel stages has_patterns=False %}"
    assert len(drawn(source, stages=[FunnelStage("P1", "x", 1)]).select("#dots-lost")) == 1


def test_reasons_say_what_they_add_up_to() -> None:
    soup = drawn("{% reasons reasons %}", reasons=[Reason("a", 2), Reason("b", 1)])
    assert "Jumlah semua alasan = 3." in soup.text
    assert "66,7%" in soup.text


def test_a_table_row_is_headed_and_its_cells_are_labelled_for_the_phone() -> None:
    soup = drawn(
        '{% table columns rows label="Orang" %}',
        columns=[Column("Nama"), Column("Hari", is_number=True)],
        rows=[[Cell("Ani", href="/a"), 1_200], [Cell("Budi"), None]],
    )
    assert one(soup, ".scroll[role=region][tabindex='0']")["aria-label"] == "Orang"
    assert [tag.text for tag in soup.select("tbody th[scope=row]")] == ["Ani", "Budi"]
    assert [tag.text for tag in soup.select("td[data-label=Hari]")] == ["1.200", "–"]


def test_a_row_of_another_length_than_the_header_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        drawn('{% table columns rows label="x" %}', columns=[Column("a"), Column("b")], rows=[["only one"]])


def test_the_passport_draws_each_state_as_the_rule_says() -> None:
    soup = drawn('{% passport "Siti" stamps number="OK-1" %}', stamps=gallery.sample_context()["stamps"])
    states = [item["data-state"] for item in soup.select(".stamps > li")]
    assert states == ["verified", "verified", "claimed", "current", "todo", "verified", "todo"]
    badges = [badge.text for badge in soup.select(".badge")]
    assert badges[:5] == ["Dicap", "Dicap", "Belum diperiksa", "Sedang diurus", "Tidak dibuka di wilayah ini"]
    assert len(soup.select("textpath")) == 4, "only stamps that carry ink have lettering"
    assert len(soup.select("#ring")) == 1


def test_a_name_too_long_for_the_ring_is_cut_at_a_word() -> None:
    stamp = Stamp(6, "Pelaporan Keuangan", StampState.VERIFIED, on=date(2026, 5, 12))
    assert stamp.ring == "PELAPORAN • 12 MEI 2026 • OK OCE •"
    assert Stamp(4, "Perizinan", StampState.CLAIMED).ring == "PERIZINAN • OK OCE •"


def test_the_timeline_also_takes_lines_of_the_trail() -> None:
    line = SimpleNamespace(
        sentence="Hasan memindahkan Ani",
        at=None,
        author="Hasan",
        changes={"region": ["31.71", None], "ok": [None, True]},
    )
    soup = drawn("{% timeline lines labels %}", lines=[line], labels={"region": "Wilayah"})
    facts = [tag.text for tag in soup.select("dt, dd")]
    assert facts == ["Wilayah", "31.71 → –", "ok", "ya"]


def test_the_mapping_can_be_looked_at_or_changed() -> None:
    mapped = [MappedColumn(3, "No HP/WA", "telepon", ["0812"]), MappedColumn(4, "KET", "", [])]
    assert "Dilewati" in drawn("{% mapping mapped %}", mapped=mapped).text
    soup = drawn(
        "{% mapping mapped options %}", mapped=mapped, options=[("nama", "nama"), ("telepon", "telepon")]
    )
    assert one(soup, "select[name=column-3] option[selected]")["value"] == "telepon"
    assert soup.select("select[name=column-4] option[selected]") == []


def test_progress_without_an_end_only_says_that_work_goes_on() -> None:
    assert "value" not in one(drawn('{% progress "Menunggu" %}'), "progress").attrs
    assert one(drawn('{% progress "Berjalan" 5 10 %}'), "progress")["max"] == "10"


def test_buttons_submit_and_links_go() -> None:
    assert one(drawn('{% button "Simpan" name="a" value="b" %}'), "button")["value"] == "b"
    link = one(drawn('{% button "Buka" href="/x" look="secondary small" icon="arrow" %}'), "a")
    assert link["class"] == ["button", "button-secondary", "button-small"]


def test_a_misspelt_parameter_is_refused_when_the_template_is_read() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template('{% badge "x" colour="red" %}')


def test_the_map_says_what_it_shows() -> None:
    soup = drawn(
        "{% constellation lit label %}{% legend %}", lit={"31.73.08": 640}, label="Satu titik menyala"
    )
    assert one(soup, "svg.lit[role=img]")["aria-label"] == "Satu titik menyala"
    assert one(soup, "svg.lit path")["class"] == ["n4"]
    assert one(soup, "img")["alt"] == ""


def test_a_tight_table_keeps_every_label_and_hides_none_from_a_dash() -> None:
    columns = [
        Column("Nama"),
        Column("HP", is_code=True, is_evident=True),
        Column("Hari di sana", is_number=True, is_evident=True, unit="hari"),
        Column("Alasan"),
    ]
    rows = [["Siti", "0812", 45, "Waktu"], ["Ani", "–", None, "–"]]
    soup = drawn('{% table columns rows "Anggota" fold="tight" %}', columns=columns, rows=rows)
    assert "table-tight" in one(soup, "table")["class"]
    told, empty = (row.select("td") for row in soup.select("tbody tr"))
    for cells in (told, empty):
        assert [cell["data-label"] for cell in cells] == ["HP", "Hari di sana", "Alasan"]
    assert [cell.get("class", []) for cell in told] == [["num", "evident"], ["n", "evident"], []]
    assert told[1]["data-unit"] == "hari"
    assert not any("evident" in cell.get("class", []) or cell.get("data-unit") for cell in empty)
