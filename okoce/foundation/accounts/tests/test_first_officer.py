"""okoce user create and okoce token create, inside Django."""

import io
import json

import pytest
from django.core.management import call_command

from okoce.foundation.accounts.models import ApiToken, RoleAssignment, User
from okoce.foundation.accounts.queries import actor_for_token
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Conflict, DomainError, Invalid, NotFound
from okoce.foundation.territory import queries
from okoce.foundation.territory.tree import Place, Tree

pytestmark = pytest.mark.django_db


def create(**values: object) -> tuple[str, str]:
    given = {"phone": "0812-3456-7890", "name": "Fitri", "role": "administrator", **values}
    out, err = io.StringIO(), io.StringIO()
    call_command("user_create", stdout=out, stderr=err, **given)
    return out.getvalue().strip(), err.getvalue()


def test_what_was_created_is_said_in_a_sentence_with_how_to_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [
        Place(code, kind, name, "WIB")
        for code, kind, name in (
            ("31", "provinsi", "DKI Jakarta"),
            ("31.71", "kota", "Jakarta Pusat"),
            ("31.71.04", "kecamatan", "Senen"),
        )
    ]
    monkeypatch.setattr(queries, "tree", lambda: Tree(places))
    number, said = create(email="fitri@contoh.id", role="petugas_kecamatan", territory="31.71.04")
    for part in ("Fitri", "0812-3456-7890", "fitri@contoh.id", "Petugas kecamatan", "Senen", "/masuk"):
        assert part in said
    assert number == str(User.objects.get().pk)
    assert number in said
    _number, national = create(phone="0812-3456-7891")
    assert "seluruh Indonesia" in national


def test_a_script_reads_what_was_created_as_json() -> None:
    told, _password = create(role="petugas_bank", partner=3, json=True)
    user = User.objects.get()
    assert json.loads(told) == {
        "id": user.pk, "name": "Fitri", "phone": "+6281234567890", "email": None, "role": "petugas_bank",
        "territory": None, "group": None, "partner": 3,
    }  # fmt: skip


def test_a_national_officer_needs_no_territory_and_gets_a_password() -> None:
    number, said = create()
    user = User.objects.get(pk=int(number))
    assert (user.name, user.phone) == ("Fitri", "+6281234567890")
    assert user.check_password(said.split(": ")[-1].strip())
    assert RoleAssignment.objects.get(user=user).role == "administrator"
    assert set(Event.objects.values_list("author", flat=True)) == {"system:okoce user create"}


def test_a_given_password_is_not_printed() -> None:
    number, said = create(password="kunci-yang-panjang")
    assert User.objects.get(pk=int(number)).check_password("kunci-yang-panjang")
    assert "sekali ini" not in said
    assert "kunci-yang-panjang" not in said


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"role": "raja"}, Invalid),
        ({"role": "petugas_kecamatan"}, Invalid),
        ({"role": "penggerak"}, Invalid),
        ({"role": "petugas_bank"}, Invalid),
        ({"phone": "08123"}, Invalid),
        ({"phone": ""}, Invalid),
        ({"name": "  "}, Invalid),
        ({"email": "bukan surel"}, Invalid),
        ({"password": "pendek"}, Invalid),
        ({"role": "petugas_kecamatan", "territory": "99.99.99"}, NotFound),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_account(
    values: dict[str, str], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        create(**values)
    assert not User.objects.exists()
    assert not Event.objects.exists()


def test_a_second_account_with_the_same_phone_is_refused() -> None:
    create()
    with pytest.raises(Conflict):
        create(phone="+62 812 3456 7890", role="auditor")
    assert User.objects.count() == 1


def test_a_token_is_printed_once_and_opens_the_api() -> None:
    number, _said = create(email="Fitri@contoh.id")
    for contact in ("081234567890", "fitri@contoh.id"):
        out = io.StringIO()
        call_command("token_create", user=contact, name="uji", stdout=out)
        actor = actor_for_token(out.getvalue().strip())
        assert actor is not None
        assert actor.user_id == int(number)


def test_a_token_for_nobody_is_refused() -> None:
    with pytest.raises(NotFound):
        call_command("token_create", user="0899-9999-9999", stdout=io.StringIO())
    assert not ApiToken.objects.exists()
