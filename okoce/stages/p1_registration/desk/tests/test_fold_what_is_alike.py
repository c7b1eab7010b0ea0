"""What is the same for the whole queue is one line once it is set, so that the desk is one screen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.stages.p1_registration.desk.tests.people import typed
from tests.cast import officer
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]

REGISTER = "/meja/daftar"


def fold(answer: Any, status: int = 200) -> Any:
    return page(answer, status).select_one("[data-desk-same]")


def line(answer: Any) -> str:
    return words(page(answer).select_one("[data-desk-same-told]"))


def test_is_open_until_the_kecamatan_is_known(desk: Desk, ani: Actor) -> None:
    ina = officer("ina", "petugas_skpd", Scope(region="31.71"), 31)
    assert fold(desk(ina).get("/meja")).has_attr("open")
    answer = desk(ani).get("/meja")
    assert not fold(answer).has_attr("open")
    assert line(answer) == "Senen, Kota Jakarta Pusat, DKI Jakarta"


def test_is_told_on_one_line_after_the_first_person(desk: Desk, ani: Actor) -> None:
    active_group("Mawar")
    answer = desk(ani).post(REGISTER, typed(group="Mawar", source="Pasar Senen"))
    assert not fold(answer).has_attr("open")
    assert line(answer) == "Senen, Kota Jakarta Pusat, DKI Jakarta · Mawar · Pasar Senen"


def test_stays_open_while_papers_have_days_of_their_own(desk: Desk, ani: Actor) -> None:
    assert fold(desk(ani).post(REGISTER, typed(paper_on="02-05-2018"))).has_attr("open")


@pytest.mark.parametrize("wrong", [{"district": "Gaib"}, {"paper_on": "99"}, {"group": "Gaib"}])
def test_opens_where_something_in_it_is_wrong(desk: Desk, ani: Actor, wrong: dict[str, str]) -> None:
    assert fold(desk(ani).post(REGISTER, typed(**wrong)), 422).has_attr("open")
    assert not fold(desk(ani).post(REGISTER, typed(name="")), 422).has_attr("open")


def test_one_key_leads_there_open_or_not(desk: Desk, ani: Actor) -> None:
    client = desk(ani)
    folded, opened = client.get("/meja"), client.post(REGISTER, typed(paper_on="02-05-2018"))
    assert [one.name for one in page(folded).select("[accesskey=k]")] == ["summary"]
    assert [one["id"] for one in page(opened).select("[accesskey=k]")] == ["id_district"]
