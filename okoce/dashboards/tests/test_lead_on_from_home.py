"""The first page leads whoever has a komunitas or speaks for a mitra to the form for it."""

import pytest
from django.test import Client

from tests.pages import page

pytestmark = pytest.mark.django_db


def test_the_first_page_leads_to_the_forms_of_komunitas_and_mitra(client: Client) -> None:
    links = {one["href"] for one in page(client.get("/")).select("main a[href]")}
    for address in ("/komunitas/daftar", "/mitra/daftar"):
        assert address in links
        assert client.get(address).status_code == 200
