"""okoce user grant and okoce user revoke: another role for an account that is there, and its end."""

import io
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.accounts.tests.people import account, granted
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, DomainError, Invalid, NotFound
from okoce.foundation.territory import queries
from okoce.foundation.territory.tree import Place, Tree
from tests.together import together

pytestmark = pytest.mark.django_db
SENEN, KEMBANGAN = "31.71.04", "31.73.08"
PHONE = "0812-3456-7890"
OFFICER = "petugas_kecamatan"


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [
        ("31", "provinsi", "DKI Jakarta"),
        ("31.71", "kota", "Jakarta Pusat"),
        (SENEN, "kecamatan", "Senen"),
    ]
    known += [("31.73", "kota", "Jakarta Barat"), (KEMBANGAN, "kecamatan", "Kembangan")]
    monkeypatch.setattr(queries, "tree", lambda: Tree([Place(*one, "WIB") for one in known]))


@pytest.fixture
def ani() -> User:
    user = account()
    granted(user, OFFICER, SENEN)
    return user


def order(command: str, **values: object) -> str:
    given = {"user": PHONE, "role": OFFICER, "territory": KEMBANGAN, **values}
    out = io.StringIO()
    call_command(
        f"user_{command}", stdout=out, **{name: value for name, value in given.items() if value is not None}
    )
    return out.getvalue()


def held(user: User) -> set[tuple[str, date | None]]:
    return set(user.assignments.values_list("region", "until_on"))


def test_the_second_role_stands_beside_the_first_and_each_at_its_place(ani: User) -> None:
    told = order("grant")
    assert "Senen" in told
    assert "Kembangan" in told
    assert held(ani) == {(SENEN, None), (KEMBANGAN, None)}
    actor = actor_for_user(ani)
    assert {scope.region for scope in actor.scopes_with(Permission.MEMBERS_READ)} == {SENEN, KEMBANGAN}
    assert Event.objects.get(kind="accounts.role_granted", author="system:okoce user grant")


def test_it_ends_on_the_day_that_was_said(ani: User) -> None:
    until = today_wib() + timedelta(days=30)
    assert until.isoformat() in order("grant", until=until.isoformat())
    assert held(ani) == {(SENEN, None), (KEMBANGAN, until)}


def test_what_is_revoked_counts_no_more_and_the_other_stays(ani: User) -> None:
    order("grant", **{"from": (today_wib() - timedelta(days=9)).isoformat()})
    told = order("revoke")
    assert "Kembangan" not in told
    assert held(ani) == {(SENEN, None), (KEMBANGAN, today_wib())}
    assert {scope.region for scope in actor_for_user(ani).scopes_with(Permission.MEMBERS_READ)} == {SENEN}
    assert Event.objects.get(kind="accounts.role_ended").author == "system:okoce user revoke"


def test_the_last_one_revoked_leaves_an_account_without_a_role(ani: User) -> None:
    assert "tidak berperan lagi" in order("revoke", territory=SENEN)


@pytest.mark.parametrize(
    ("command", "values", "refusal"),
    [
        ("grant", {"user": "0899-0000-1111"}, NotFound),
        ("grant", {"user": "tidak.ada@contoh.id"}, NotFound),
        ("grant", {"role": "raja"}, Invalid),
        ("grant", {"role": "anggota"}, Invalid),
        ("grant", {"territory": ""}, Invalid),
        ("grant", {"role": "penggerak", "territory": ""}, Invalid),
        ("grant", {"territory": "99.99.99"}, NotFound),
        ("grant", {"territory": SENEN}, Conflict),
        ("grant", {"until": "2020-01-01"}, Invalid),
        ("grant", {"until": "besok lusa"}, Invalid),
        ("grant", {"from": "2090-01-02", "until": "2090-01-01"}, Invalid),
        ("revoke", {}, NotFound),
        ("revoke", {"territory": SENEN, "role": "administrator"}, NotFound),
        ("revoke", {"territory": SENEN, "until": "2020-01-01"}, Invalid),
    ],
)
def test_a_refusal_is_a_sentence_and_changes_nothing(
    ani: User, command: str, values: dict[str, str], refusal: type[DomainError]
) -> None:
    before = held(ani)
    with pytest.raises(refusal) as refused:
        order(command, **values)
    assert str(refused.value).strip()
    assert held(ani) == before
    assert not Event.objects.filter(author__startswith="system:okoce user").exists()


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_write_the_role_once(ani: User) -> None:
    results = together(2, lambda _place: order("grant"))
    assert [type(one) for one in results if not isinstance(one, str)] == [Conflict]
    assert RoleAssignment.objects.filter(region=KEMBANGAN).count() == 1
