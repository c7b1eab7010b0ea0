"""Open data at /data: what every figure means, and the same figures as everywhere to take along."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.funnel import public_funnel
from okoce.dashboards.tests.movement import SPRING, people
from okoce.pipeline.models import Definition
from tests.cast import COBLONG, SENEN
from tests.pages import page, refusal

pytestmark = pytest.mark.django_db


def taken(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_every_version_of_every_definition_stands_there_under_a_name(client: Client) -> None:
    shown = page(client.get("/data"))
    terms = [term.text for term in shown.select("dl.facts dt")]
    assert len(terms) == Definition.objects.exclude(code="agreement_promise_uncounted").count()
    assert terms[0] == "P1 Pendaftaran"
    assert not [term for term in terms if term in set(Definition.objects.values_list("code", flat=True))]


def test_what_no_figure_is_counted_by_any_more_is_not_printed_as_in_force(client: Client) -> None:
    kept = Definition.objects.get(code="agreement_promise_uncounted")
    assert kept.text not in str(page(client.get("/data")))


def test_the_file_has_the_numbers_of_the_page_for_a_place_and_those_below(client: Client) -> None:
    people(6, {1: SPRING, 2: SPRING})
    people(3, {1: SPRING}, region=COBLONG)
    nation, *provinces = taken(client, "/data/corong.csv?per=2018-12-31")
    counts = [str(stage.count) for stage in public_funnel("", date(2018, 12, 31)).stages]
    assert [nation[f"P{number}"] for number in range(1, 8)] == counts
    assert {line["kode"]: (line["P1"], line["P2"]) for line in provinces if line["P1"] != "0"} == {
        "31": ("6", "6"), "32": ("3", "0")
    }  # fmt: skip
    assert [line["kode"] for line in taken(client, "/data/corong.csv?wilayah=31") if line["P1"] != "0"] == [
        "31",
        "31.71",
    ]


def test_the_file_marks_the_places_whose_figures_count_examples(client: Client) -> None:
    people(2, {1: SPRING})
    assert {line["rekaan"] for line in taken(client, "/data/corong.csv")} == {""}
    Member.objects.update(is_synthetic=True)
    people(1, {1: SPRING}, region=COBLONG)
    lines = taken(client, "/data/corong.csv")
    assert [line["kode"] for line in lines if line["rekaan"] == "ya"] == ["", "31"]
    assert list(lines[0])[-1] == "rekaan"
    assert "“rekaan”" in str(page(client.get("/data")))


@pytest.mark.parametrize("asked", ["wilayah=31.71", "wilayah=99", "per=2099-01-01", "per=x"])
def test_what_cannot_be_had_gets_a_sentence(client: Client, asked: str) -> None:
    answer = client.get(f"/data/corong.csv?{asked}")
    assert answer.status_code in {400, 404, 422}
    assert refusal(answer, answer.status_code)


def test_the_command_says_where_examples_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    people(2, {1: SPRING})
    call_command("funnel", scope="31")
    assert "rekaan" not in capsys.readouterr().out
    member = Member.objects.get(number=min(Member.objects.values_list("number", flat=True)))
    group = active_group("Mawar", SENEN)
    Member.objects.filter(pk=member.pk).update(is_synthetic=True, group_id=group.pk)
    for asked in ({"scope": "31"}, {"group": group.pk}):
        call_command("funnel", **asked)
        assert capsys.readouterr().out.splitlines()[1] == "Contoh: orang rekaan ikut dihitung."
        call_command("funnel", json=True, **asked)
        assert json.loads(capsys.readouterr().out)["is_synthetic"] is True
    call_command("funnel", scope="32")
    assert "rekaan" not in capsys.readouterr().out
