"""An address that only takes what a button sends is opened by its address: a page says so and leads on, and nothing is done."""

import pytest
from django.test import Client

from tests.pages import page, words

pytestmark = pytest.mark.django_db


def test_a_page_says_so_and_leads_on(client: Client) -> None:
    answer = client.get("/keluar")
    shown = page(answer, 405)
    assert "dibuka lewat tombolnya" in words(shown.select_one("main h1"))
    assert shown.select_one('main a[href="/"]')
    assert answer.headers["Allow"] == "POST"


def test_a_program_still_gets_a_problem(client: Client) -> None:
    answer = client.delete("/api/v1/public/funnel")
    assert answer.status_code in (404, 405)
    assert answer.headers["Content-Type"] == "application/problem+json"
