"""Every page of the resolver, walked by everybody: the matrix says who may, and a page that it does not name fails here; the
API's routes are walked in test_api_walk.py."""

import pytest
from django.test import Client
from pytest_django import Settings

from okoce.community.members.models import DuplicateCandidate
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.roles import NATIONAL_ROLES, ROLES
from okoce.pipeline.merges import Merge
from okoce.pipeline.models import Evidence, Standstill
from tests.house.association_pages import ASSOCIATION_PAGES
from tests.house.centre_pages import CENTRE_PAGES
from tests.house.data_pages import DATA_PAGES
from tests.house.group_pages import GROUP_PAGES
from tests.house.list_pages import LIST_PAGES
from tests.house.message_pages import MESSAGE_PAGES
from tests.house.own_pages import OWN_PAGES
from tests.house.pages import (
    AUDITS,
    CORRECTS,
    EVERYBODY,
    FOUND,
    GIVES_CARDS,
    HANDS_IN,
    IMPORTS,
    NO_FORM,
    NOT_FOUND,
    OK,
    READS_HISTORY,
    READS_PEOPLE,
    REFUSED,
    REGISTERS,
    SETS_REASONS,
    UNMASKS,
    UNPROCESSABLE,
    VERIFIES_P2,
    WITHDRAWS,
    Page,
)
from tests.house.partner_pages import PARTNER_PAGES
from tests.house.partnered import STRANGER
from tests.house.programme_pages import PROGRAMME_PAGES
from tests.house.ticket_pages import TICKET_PAGES
from tests.house.trust_pages import TRUST_PAGES
from tests.house.world import World, browser_of, patterns, world

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture

MATRIX = {
    **GROUP_PAGES,
    **CENTRE_PAGES,
    **PARTNER_PAGES,
    **DATA_PAGES,
    **OWN_PAGES,
    **TRUST_PAGES,
    **ASSOCIATION_PAGES,
    **MESSAGE_PAGES,
    **PROGRAMME_PAGES,
    **TICKET_PAGES,
    **LIST_PAGES,
    **dict.fromkeys(("home", "funnel", "open_data", "open_funnel"), Page(is_public=True)),
    "sign_in": Page(is_public=True, takes_forms=True),
    "sign_in_code": Page(is_public=True, answer=FOUND, takes_forms=True),  # without a phone: to the sign-in
    "choose_person": Page(is_public=True, answer=FOUND, takes_forms=True),
    "account_login": Page(is_public=True, takes_forms=True),  # the sign-in, under allauth's name
    "mfa_authenticate": Page(
        is_public=True, answer=FOUND, takes_forms=True
    ),  # without a first step: to the sign-in
    "account_reset_password": Page(is_public=True, takes_forms=True),
    "account_reset_password_done": Page(is_public=True),
    "account_reset_password_from_key": Page(is_public=True, takes_forms=True),
    "account_reset_password_from_key_done": Page(is_public=True),
    "mfa_index": Page(is_own=True),
    "mfa_activate_totp": Page(is_own=True, takes_forms=True),
    "mfa_add_webauthn": Page(is_own=True, takes_forms=True),
    "mfa_deactivate_totp": Page(is_own=True, answer=NOT_FOUND),  # nothing is there to take away
    "mfa_remove_webauthn": Page(is_own=True, answer=NOT_FOUND),
    "mfa_view_recovery_codes": Page(is_own=True, answer=NOT_FOUND),
    "mfa_generate_recovery_codes": Page(is_own=True, takes_forms=True),
    "account_reauthenticate": Page(is_own=True, answer=REFUSED, takes_forms=True),  # nothing to confirm with
    "mfa_reauthenticate": Page(is_own=True, answer=REFUSED, takes_forms=True),
    "mfa_reauthenticate_webauthn": Page(is_own=True, answer=REFUSED, takes_forms=True),
    "usersessions_list": Page(is_own=True, takes_forms=True),
    "account_change_password": Page(is_own=True, answer=FOUND, takes_forms=True),  # none yet: to making one
    "account_set_password": Page(EVERYBODY - {"anggota"}, takes_forms=True),
    "sign_out": Page(is_public=True, post=FOUND),
    "demo_codes": Page(is_public=True, answer=NOT_FOUND),
    "gallery": Page(
        is_public=True, answer=NOT_FOUND
    ),  # in a demo only; see test_a_page_of_the_demo_exists_nowhere_else
    **dict.fromkeys(("web_manifest", "service_worker", "offline"), Page(is_public=True)),
    "choose_scope": Page(EVERYBODY, post=FOUND),
    "choose_language": Page(is_public=True, answer=FOUND, takes_forms=True),
    "evidence_waiting": Page(HANDS_IN | AUDITS),
    "member_detail": Page(READS_PEOPLE, about="member"),
    "member_history": Page(READS_HISTORY, about="member"),
    "unmask_nik": Page(UNMASKS, about="member", takes_forms=True),
    "card_to_print": Page(GIVES_CARDS, about="member"),
    "add_guardian_consent": Page(REGISTERS, about="member", takes_forms=True),
    "move_member": Page(CORRECTS, about="member", takes_forms=True),
    "issue_card": Page(GIVES_CARDS, about="member", post=FOUND),  # who has one keeps it
    "replace_card": Page(GIVES_CARDS, about="member", takes_forms=True),
    "revoke_card": Page(CORRECTS, about="member", takes_forms=True),
    "join_group": Page(CORRECTS, about="member", takes_forms=True),
    "leave_group": Page(CORRECTS, about="member", post=UNPROCESSABLE),
    "give_evidence": Page(HANDS_IN, about="member", post=UNPROCESSABLE),
    "clear_standstill": Page(SETS_REASONS, about="member", post=FOUND),  # nothing is there to take back
    "correct_member_business": Page(CORRECTS, about="member", takes_forms=True),
    "state_jobs": Page(HANDS_IN, about="member", takes_forms=True),
    "note_departure": Page(CORRECTS, about="member", takes_forms=True),
    "note_return": Page(CORRECTS, about="member", post=FOUND),  # who never left stays
    "set_standstill": Page(SETS_REASONS, about="member", post=UNPROCESSABLE),
    "verify_evidence": Page(VERIFIES_P2, about="evidence", post=FOUND),
    "refuse_evidence": Page(VERIFIES_P2, about="evidence", post=UNPROCESSABLE),
    "withdraw_evidence": Page(WITHDRAWS, about="evidence", post=UNPROCESSABLE),
    "desk": Page(REGISTERS),
    "find_at_desk": Page(REGISTERS, post=OK),
    "register_at_desk": Page(REGISTERS, post=UNPROCESSABLE),
    "correct_at_desk": Page(CORRECTS, about="member", takes_forms=True),
    "desk_districts": Page(REGISTERS),
    "desk_villages": Page(REGISTERS),
    "register": Page(is_public=True, takes_forms=True),
    "register_code": Page(
        is_public=True, answer=FOUND, takes_forms=True
    ),  # to the beginning, without a draft
    "register_choice": Page(is_public=True, answer=FOUND, takes_forms=True),
    "register_anew": Page(is_public=True, post=FOUND),
    "register_family": Page(is_public=True, post=FOUND),
    "register_person": Page(is_public=True, answer=FOUND, takes_forms=True),
    "register_place": Page(is_public=True, answer=FOUND, takes_forms=True),
    "register_work": Page(is_public=True, answer=FOUND, takes_forms=True),
    "register_group": Page(is_public=True, answer=FOUND, takes_forms=True),
    "register_consent": Page(is_public=True, answer=FOUND, takes_forms=True),
    "register_guardian": Page(is_public=True, answer=FOUND, takes_forms=True),
    "register_done": Page(is_public=True, answer=FOUND),
    "unfinished_registrations": Page(REGISTERS | AUDITS),
    "verify_form": Page(is_public=True),
    "verify": Page(is_public=True),
    "verify_signed": Page(is_public=True),
    "verify_offline": Page(is_public=True),
    "verification_keys": Page(is_public=True),
    "duplicate_list": Page(IMPORTS | AUDITS),
    "merge_list": Page(IMPORTS | AUDITS),
    "duplicate_detail": Page(IMPORTS | AUDITS, about="candidate"),
    "merge_duplicate": Page(IMPORTS, about="candidate", post=UNPROCESSABLE),
    "reopen_duplicate": Page(IMPORTS, about="candidate", post=UNPROCESSABLE),
    "settle_contradiction": Page(IMPORTS, about="contradiction", post=UNPROCESSABLE),
    "dismiss_duplicate": Page(IMPORTS, about="candidate", post=FOUND),
    "undo_merge": Page(IMPORTS, about="merge", post=FOUND),
    "import_list": Page(IMPORTS | AUDITS, takes_forms=True, writers=IMPORTS),
    "import_detail": Page(IMPORTS | AUDITS, about="import"),
    "import_rejects": Page(IMPORTS | AUDITS, about="import", answer=NOT_FOUND),  # nothing was refused
    "import_warnings": Page(IMPORTS | AUDITS, about="import", answer=NOT_FOUND),  # nor warned of
    "choose_columns": Page(IMPORTS, about="import", post=FOUND),
    "check_import": Page(IMPORTS, about="import", post=FOUND),
    "start_import": Page(IMPORTS, about="import", post=FOUND),
    "cancel_import": Page(IMPORTS, about="import", post=FOUND),
}


def visit(client: Client, page: Page, address: str):
    return client.post(address) if page.post else client.get(address)


def decisions() -> tuple[list[str], int, list[str], int]:
    return (
        sorted(Evidence.objects.values_list("state", flat=True)),
        Standstill.objects.count(),
        sorted(DuplicateCandidate.objects.values_list("state", flat=True)),
        Merge.objects.standing().count(),
    )


def test_every_page_stands_in_the_matrix_once() -> None:
    names = [str(pattern.name) for pattern in patterns()]
    assert sorted(names) == sorted(MATRIX), "say in MATRIX who may open the page"


def test_what_is_answers_everybody_and_all_else_asks_for_sign_in(world: World) -> None:
    client, before = Client(), decisions()
    for name, page in MATRIX.items():
        address = world.address(name, world.near)
        answer = visit(client, page, address)
        if page.is_public:
            assert answer.status_code == (page.post or page.answer), name
        else:
            assert answer.status_code == FOUND, name
            assert answer["Location"].startswith("/masuk?next="), name
        assert "Siti Senen" not in answer.content.decode(errors="replace"), name
    assert decisions() == before


@pytest.mark.parametrize("address", ["/galeri", "/demo/kode"])
def test_a_page_of_the_demo_exists_nowhere_else(settings: Settings, address: str) -> None:
    client = Client()
    assert client.get(address).status_code == NOT_FOUND
    settings.DEMO = "2018"
    assert client.get(address).status_code == OK


def test_a_deed_is_never_done_by_a_link(world: World) -> None:
    client, before = browser_of("administrator", world), decisions()
    for name, page in MATRIX.items():
        if page.post:
            assert client.get(world.address(name, world.near)).status_code == NO_FORM, name
    assert decisions() == before


def test_a_page_to_read_cannot_be_written_to(world: World) -> None:
    client = browser_of("administrator", world)
    for name, page in MATRIX.items():
        if not page.post and not page.takes_forms and page.answer != NOT_FOUND:
            assert client.post(world.address(name, world.near)).status_code == NO_FORM, name


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_opens_its_pages_in_its_own_place_and_no_others(role: str, world: World) -> None:
    client = browser_of(role, world)
    # deeds last, those that are carried out at the very end: they change what the others see
    for name, page in sorted(MATRIX.items(), key=lambda item: item[1].post and (item[1].post == FOUND) + 1):
        if name == "sign_out":
            continue
        answer = visit(client, page, world.address(name, world.near))
        is_open = page.is_public or page.is_own or role in page.roles
        expected = page.post or page.answer if is_open else REFUSED
        assert answer.status_code == expected, f"{role} at {name}: {answer.status_code}"


@pytest.mark.parametrize("role", sorted(set(ROLES) - NATIONAL_ROLES))
def test_no_role_reads_or_writes_in_a_strangers_place(role: str, world: World) -> None:
    client, before = browser_of(role, world), decisions()
    for name, page in MATRIX.items():
        if name == "sign_out":
            continue
        answer = visit(client, page, world.address(name, world.far))
        if name != "import_list":  # which shows one's own file of that name
            assert STRANGER not in answer.content.decode(errors="replace"), f"{role} at {name}"
        if page.about:
            assert answer.status_code in {NOT_FOUND, REFUSED}, f"{role} at {name}: {answer.status_code}"
            assert (answer.status_code == NOT_FOUND) or role not in page.roles, f"{role} at {name}"
    assert decisions() == before


@pytest.mark.parametrize("role", sorted(NATIONAL_ROLES))
def test_national_roles_read_everywhere(role: str, world: World) -> None:
    client = browser_of(role, world)
    for person in (world.near, world.far):
        assert client.get(world.address("member_detail", person)).status_code == OK
