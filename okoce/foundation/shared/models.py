"""Base classes of tables: times of a row, and querysets that know who looks."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    from okoce.foundation.access.actor import Actor
    from okoce.foundation.access.permissions import Permission

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)

# Set by `access` when it is loaded: shared lies below access and may not import it.
_restrict = None


def install_row_rule(restrict) -> None:  # type: ignore[no-untyped-def]  # the type lives in access, above
    """Called once by `access.policies`: the one function that narrows a queryset to what an actor may see."""
    global _restrict  # noqa: PLW0603  (one assignment at import time keeps the layers acyclic)
    _restrict = restrict


class ScopedQuerySet(models.QuerySet[Row_co]):
    """A queryset that can be narrowed to the rows of an actor's scope; nothing else may narrow by scope."""

    def visible_to(self, actor: "Actor", permission: "Permission") -> Self:
        """Rows that one of the actor's grants with this permission reaches; none when there is no such grant."""
        if _restrict is None:
            raise RuntimeError("access.policies is not loaded")
        narrowed: Self = _restrict(self, actor, permission)
        return narrowed


class TimedModel(models.Model):
    """Adds when a row was written and last changed."""

    # The defaults of the database serve those who write many rows by COPY.
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        abstract = True
