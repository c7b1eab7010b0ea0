"""The one door for writes: right, rows, transaction, author told to the database. Then the deed itself."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import READING, Permission
from okoce.foundation.access.policies import has_policy, is_reached
from okoce.foundation.shared.errors import NotAllowed, NotFound
from okoce.foundation.shared.statements import run_prepared

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_actor: ContextVar[Actor | None] = ContextVar("okoce_actor", default=None)
_is_joined: ContextVar[bool] = ContextVar("okoce_joined", default=False)
ACTIONS: dict[str, Permission] = {}
OWN_ACTIONS: set[str] = set()


def current_actor() -> Actor:
    """The actor of the door that is open now. Raises outside of one: whoever writes must have come through the door."""
    actor = _actor.get()
    if actor is None:
        raise RuntimeError("no door is open: this write must happen inside an @action")
    return actor


def action(permission: Permission) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Put a deed behind the door. Its first parameter is the actor; every saved row among its arguments must lie within
    a grant that carries the permission, else it reads as not found. No deed stands behind a right that only reads."""
    if permission in READING:
        raise ValueError(f"{permission} only reads: a deed needs a right that writes")

    def behind_the_door(deed: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        ACTIONS[f"{deed.__module__}.{deed.__qualname__}"] = permission

        @functools.wraps(deed)
        def door(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            actor = cast(Actor, args[0])
            if not actor.may(permission):
                raise NotAllowed(
                    _("Peran Anda tidak boleh melakukan ini. Minta bantuan sekretariat bila ini tugas Anda.")
                )
            require_reach(actor, permission, [*args[1:], *kwargs.values()])
            return _carried_out(actor, deed, *args, **kwargs)

        door.__okoce_permission__ = permission  # type: ignore[attr-defined]  # read by the house tests
        return door

    return behind_the_door


def own_action(deed: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """The same door for a deed about nobody but the doer: how she is written to, that her name is read, what her reading
    leaves behind. No role gives it and none takes it away; whoever has an account may, and the deed refuses what is another's."""
    OWN_ACTIONS.add(f"{deed.__module__}.{deed.__qualname__}")

    @functools.wraps(deed)
    def door(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        actor = cast(Actor, args[0])
        if actor.user_id is None and not actor.is_system:
            raise NotAllowed(_("Masuk dahulu: ini tentang akun Anda sendiri."))
        return _carried_out(actor, deed, *args, **kwargs)

    door.__okoce_permission__ = None  # type: ignore[attr-defined]  # likewise: no role carries it
    return door


def _carried_out(
    actor: Actor, deed: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    # The one door of a joined transaction needs no savepoint of its own: its refusal ends the whole.
    joins = _is_joined.get() and _actor.get() is None
    with transaction.atomic(savepoint=not joins), opened_by(actor):
        return deed(*args, **kwargs)


@contextmanager
def joined_to_deed() -> Iterator[None]:
    """One transaction for a deed and what is noted beside it. Any failure inside must leave this block."""
    with transaction.atomic():
        token = _is_joined.set(True)
        try:
            yield
        finally:
            _is_joined.reset(token)
    if connection.in_atomic_block:
        _tell_database("")


class opened_by:  # noqa: N801  (reads as a phrase: with opened_by(actor))
    """Tells the database who acts while the door is open, and code who holds it."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def __enter__(self) -> None:
        self.outer = _actor.get()
        self.token = _actor.set(self.actor)
        if self.outer is not self.actor:
            _tell_database(self.actor.label)

    def __exit__(self, *exception: object) -> None:
        _actor.reset(self.token)
        # A commit forgets the author by itself; a failure takes the telling back with the savepoint.
        is_inside = self.outer or (connection.savepoint_ids and not _is_joined.get())
        is_forgotten = exception[0] is not None or not is_inside
        if self.outer is not self.actor and not is_forgotten:
            _tell_database(self.outer.label if self.outer else "")


def _tell_database(label: str) -> None:
    run_prepared("SELECT set_config('okoce.author', %(label)s, true)", {"label": label})


def require_reach(actor: Actor, permission: Permission, arguments: list[Any]) -> None:
    """Raise NotFound for an argument row that no grant with the permission reaches."""
    if actor.is_system:
        return
    for argument in arguments:
        if not isinstance(argument, models.Model) or argument.pk is None or not has_policy(type(argument)):
            continue
        if not is_reached(argument, actor, permission):
            raise NotFound(_("Data itu tidak ada dalam wilayah tugas Anda."))
