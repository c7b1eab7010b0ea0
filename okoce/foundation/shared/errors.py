"""Refusals that people read. Doors translate them: a page shows the sentence, the API makes a problem document."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: its name as the caller wrote it, what is wrong, what to do."""

    field: str
    sentence: str
    code: str = "invalid"


class DomainError(Exception):
    """A refusal with one clear sentence."""

    status = 400
    code = "refused"
    retry_after: int | None = None  # seconds, where the same is let through later

    def __init__(self, sentence: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        if code:
            self.code = code


class NotFound(DomainError):
    """Not there, or out of the actor's scope: the two must look the same."""

    status = 404
    code = "not_found"


class NotAllowed(DomainError):
    """The actor has no grant with the permission at all."""

    status = 403
    code = "not_allowed"


class Refused(DomainError):
    """The rules of the programme refuse this deed."""

    status = 422
    code = "refused"


class Conflict(DomainError):
    """Somebody else was faster, or the same key was used for another request."""

    status = 409
    code = "conflict"


class Invalid(DomainError):
    """One or several fields are wrong."""

    status = 422
    code = "invalid"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(" ".join(str(error.sentence) for error in errors))
        self.errors = list(errors)


class TransitionRefused(Conflict):
    """The state machine has no such step from where the row stands."""

    code = "transition_refused"
