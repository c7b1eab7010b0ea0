"""The auditor, signed in with her second factor, reads the pages of every feature; each way to write refuses her, and no row of
any table is another afterwards."""

import time
from collections.abc import Mapping
from importlib import import_module

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.apps import apps
from django.db import connection
from django.test import Client
from pytest_django import Settings

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import ACTIONS
from okoce.foundation.access.scope import EVERYWHERE
from okoce.foundation.accounts.actions import Anchors
from okoce.foundation.accounts.tests.people import EMAIL, PASSWORD, account, granted
from okoce.foundation.shared.errors import NotAllowed
from tests.callers import program
from tests.house.owned import batch_by, exported_by, imported_by
from tests.house.test_api_walk import BODIES, PUBLIC, guarded
from tests.house.test_walk import FOUND, MATRIX, NO_FORM, OK, REFUSED, UNPROCESSABLE, Page
from tests.house.world import World, patterns, world
from tests.pages import page, words

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture
ROLE = "auditor"
AUDITOR = Actor(label="user:7", user_id=7, grants=(Grant(ROLE, EVERYWHERE),))
# What she sends about nobody but herself: no role gives it.
ABOUT_HER_ACCOUNT = {
    "account_set_password",
    "choose_scope",
    "officer_preferences",
    "read_officer_messages",
}
# Forms that ask and write nothing: by the deed that they are asked for, how they answer her.
ONLY_ASKED: dict[str, dict[str, int]] = {
    "choose_people": {"": UNPROCESSABLE, "pendamping": REFUSED, "alasan": REFUSED},
    "files_taken_list": {"": UNPROCESSABLE},  # no file has that line
}
# Features that have no page for her to read, each with the reason.
WITHOUT_PAGES_OF_HERS = {
    "dashboards.first_steps": "for whoever chairs the komunitas alone",
    "foundation.accounts": "pages about one's own account alone",
    "dashboards.targets": "what is read there is public, the others are forms",
}
# What her reading leaves behind is noted, and is no decision of hers.
LEFT_BY_READING = {"privacy.Look", "privacy.AccountLook"}


def contents() -> Mapping[str, str]:
    """All that stands in each table of ours, as one sum: a row that came, went or changed makes another."""
    sums = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("okoce.") and model._meta.label not in LEFT_BY_READING:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(
                    f"SELECT count(*) || md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {table} t"
                )
                sums[model._meta.label] = cursor.fetchone()[0]
    return sums


def is_read(one: Page) -> bool:
    return ROLE in one.roles and not one.post


def app_of(name: str) -> str:
    """The feature whose view a page is: `community.groups`, `dashboards`."""
    [pattern] = [pattern for pattern in patterns() if pattern.name == name]
    return ".".join(pattern.callback.__module__.split(".")[1:3])


@pytest.fixture
def auditor(settings: Settings, world: World) -> Client:
    """Her browser before the second step, with files that are hers as far as such can be."""
    settings.OKOCE_SECOND_FACTOR = True
    user = account()
    granted(user, ROLE, region="")
    world.imports[world.near.pk], world.exports[world.near.pk] = imported_by(user.pk), exported_by(user.pk)
    world.batches[world.near.pk] = batch_by(user.pk, world.near)
    client = Client()
    client.post("/masuk", {"contact": EMAIL, "password": PASSWORD})
    return client


def prove_second_factor(client: Client) -> None:
    secret = words(page(client.get("/akun/keamanan/aplikasi")).select_one("main code"))
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/akun/keamanan/aplikasi", {"code": code}).status_code == FOUND


def test_without_her_second_factor_she_reads_nothing_and_with_it_the_pages_of_every_feature(
    auditor: Client, world: World
) -> None:
    hers = [name for name, one in MATRIX.items() if is_read(one) and name not in ABOUT_HER_ACCOUNT]
    for name in hers:
        answer = auditor.get(world.address(name, world.near))
        assert (answer.status_code, answer.headers.get("Location")) == (FOUND, "/akun/keamanan"), name
    prove_second_factor(auditor)
    before, opened = contents(), set()
    for name in hers:
        answer = auditor.get(world.address(name, world.near))
        assert answer.status_code == MATRIX[name].answer, name
        if answer.status_code == OK:
            opened.add(app_of(name))
    assert contents() == before
    officers = {app_of(name) for name, one in MATRIX.items() if one.roles - {"anggota"} and not one.post}
    assert officers - opened == set(WITHOUT_PAGES_OF_HERS)


def test_every_form_of_the_house_refuses_her_and_nothing_is_another(auditor: Client, world: World) -> None:
    prove_second_factor(auditor)
    before, tried = contents(), 0
    for name, one in MATRIX.items():
        if one.is_public or one.is_own or name in ABOUT_HER_ACCOUNT or name in ONLY_ASKED:
            continue
        answer = auditor.post(world.address(name, world.near), {"reason": "Coba", "note": "Coba"})
        assert answer.status_code in {REFUSED, NO_FORM}, (name, answer.status_code)
        tried += answer.status_code == REFUSED
    assert tried > 50
    assert contents() == before


def test_what_she_may_send_is_about_her_own_account_or_only_asks() -> None:
    sent = {
        name
        for name, one in MATRIX.items()
        if (one.post or one.takes_forms) and ROLE in (one.writers if one.writers is not None else one.roles)
    }
    assert sent == ABOUT_HER_ACCOUNT | set(ONLY_ASKED)


def test_what_she_asks_by_a_form_changes_nothing(auditor: Client, world: World) -> None:
    prove_second_factor(auditor)
    before = contents()
    for name, answers in ONLY_ASKED.items():
        for deed, status in answers.items():
            sent = {"tindakan": deed, "orang": str(world.near.pk), "line": "K-1"}
            assert auditor.post(world.address(name, world.near), sent).status_code == status, (name, deed)
    assert page(auditor.get("/anggota")).select("main form[method=post]") == []
    assert contents() == before


@pytest.mark.parametrize("name", sorted(name for name in ACTIONS if ".tests." not in name))
def test_every_deed_refuses_her_before_it_looks_at_anything(name: str) -> None:
    module, _dot, deed = name.rpartition(".")
    with pytest.raises(NotAllowed):
        getattr(import_module(module), deed)(AUDITOR)


def test_every_write_of_the_api_refuses_her_program(world: World) -> None:
    hers = program((ROLE, Anchors()), name=ROLE)
    number, writes = world.near.number, [one for one in guarded() if one[0] != "GET"]
    assert hers.get(f"/api/v1/members/{number}").status_code == OK
    before = contents()
    assert writes
    for method, path in writes:
        assert (method, path) not in PUBLIC
        answer = hers.post(path.replace("{number}", number), BODIES[method, path], key="jalan")
        assert answer.status_code == REFUSED, path
    assert contents() == before
