"""A slip in the address is answered by the same page without it, not by the front page alone."""

import pytest
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from tests.pages import page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("/corong?per=2099-01-01", "/corong"),
        ("/corong?wilayah=31&per=2099-01-01", "/corong?wilayah=31"),
        ("/corong?wilayah=31&per=kemarin%3Cb%3E", "/corong?wilayah=31"),
        ("/corong?wilayah=Atlantis&per=2018-12-31", "/corong?per=2018-12-31"),
        ("/corong?wilayah=31&tahap=9", "/corong?wilayah=31"),
        ("/corong?wilayah=31&komunitas=x", "/corong"),
    ],
)
def test_the_page_is_offered_without_the_wrong_part(client: Client, asked: str, offered: str) -> None:
    answer = client.get(asked)
    link = page(answer, answer.status_code).select_one("main a.button")
    assert link is not None
    assert link["href"] == offered
    assert client.get(offered).status_code == 200


def test_where_the_address_asked_for_nothing_only_the_front_page_is_offered(client: Client) -> None:
    answer = client.get("/pusat/999999")
    links = page(answer, 404).select("main a.button")
    assert [link["href"] for link in links] == ["/"]
