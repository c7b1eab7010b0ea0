"""Any komunitas that takes members can be found by its name, without script, and chosen."""

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.stages.p1_registration.applications.tests.walking import filled, verified
from okoce.stages.p1_registration.models import RegistrationDraft
from okoce.stages.p1_registration.states import DraftStep
from tests.cast import SENEN
from tests.outbox import Outbox
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
PAGE = "/daftar/komunitas"


@pytest.fixture
def here(client: Client, outbox: Outbox) -> Client:
    verified(client, outbox)
    filled(client, until=PAGE)
    return client


def offered(client: Client, address: str = PAGE) -> list[str]:
    labels = page(client.get(address)).select("form[method=post] label")
    return [words(label) for label in labels][:-1]  # the last is "not now"


def test_one_far_away_is_found_by_a_part_of_its_name_and_joined(here: Client) -> None:
    far = active_group("Melati Losari", "73.71")
    active_group("Mawar", SENEN)
    assert not any("Melati" in label for label in offered(here))
    [found] = offered(here, f"{PAGE}?cari=losari")
    assert found.startswith("Melati Losari")
    answer = here.post(f"{PAGE}?cari=losari", {"group": str(far.pk)})
    assert answer["Location"] == "/daftar/persetujuan"
    assert RegistrationDraft.objects.get().step == DraftStep.CONSENT
    # and it stands there when she comes back
    assert page(here.get(PAGE)).select_one(f"input[value='{far.pk}'][checked]")


def test_without_a_name_all_stand_there_a_page_at_a_time(here: Client) -> None:
    for number in range(60):
        active_group(f"Kelompok {number:02d}", "73.71")
    first = page(here.get(f"{PAGE}?cari="))
    link = next(one for one in first.select("a") if "Komunitas berikutnya" in one.text)
    seen = offered(here, f"{PAGE}?cari=") + offered(here, PAGE + str(link["href"]))
    assert len(seen) == len(set(seen)) == 60


def test_a_name_that_none_has_says_so_and_loses_nothing(here: Client) -> None:
    shown = page(here.get(f"{PAGE}?cari=Zzz%00"))
    assert "Tidak ada komunitas bernama itu" in shown.text
    assert here.post(PAGE, {"group": "none"})["Location"] == "/daftar/persetujuan"


def test_where_it_works_is_said_and_of_a_national_one_that_it_is_everywhere(here: Client) -> None:
    active_group("Mawar", SENEN)
    active_group("Anggrek", "")
    said = {label.split()[0]: label for label in offered(here, f"{PAGE}?cari=")}
    assert "Senen" in said["Mawar"]
    assert "seluruh Indonesia" in said["Anggrek"]


def test_thirty_cost_as_many_queries_as_three(here: Client) -> None:
    made = iter(range(99))

    def grow(count: int) -> None:
        for _one in range(count):
            active_group(f"Kelompok {next(made):02d}", "73.71")

    assert_constant_queries(lambda: here.get(f"{PAGE}?cari="), grow)
