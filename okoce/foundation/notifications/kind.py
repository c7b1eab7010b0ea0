"""What a kind of message is: what it is for, and what may stand in its words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okoce.foundation.notifications.states import Urgency


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing that the words name as {name}; samples are for the preview, in Indonesian and English. What `tells_of_others` may
    name somebody who is not the recipient: she is struck out of it when she is erased."""

    name: str
    label: str | Promise
    sample: str
    sample_en: str
    tells_of_others: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message; `code` stands on every message and never changes. One that is `private` no volunteer sends by hand, and
    whom it is for nobody else reads: where no channel takes it, it stands on her own page alone. One that is `mandatory` the law
    demands: neither a preference nor a consent that is missing keeps it back. One that is `immediate` leaves at once, past the
    outbox, is kept nowhere and never goes by hand. Its words must name all that is `needed`. Of those that are `unasked` a member
    gets so many a week; the others stand on her own page."""

    code: str
    label: str | Promise
    occasion: str | Promise
    variables: tuple[Variable, ...]
    is_private: bool = False
    is_mandatory: bool = False
    is_immediate: bool = False
    is_unasked: bool = False
    needed: frozenset[str] = frozenset()

    @property
    def known(self) -> tuple[Variable, ...]:
        """All that its words may name: what its senders fill, and the address of the site."""
        return (*self.variables, SITE)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(variable.name for variable in self.known)

    @property
    def may_name_others(self) -> bool:
        return any(variable.tells_of_others for variable in self.variables)

    @property
    def urgency(self) -> Urgency:
        if self.is_mandatory:
            return Urgency.LAW
        return Urgency.UNASKED if self.is_unasked else Urgency.AWAITED

    def samples(self, language: str) -> dict[str, str]:
        is_english = language == "en"
        return {one.name: one.sample_en if is_english else one.sample for one in self.known}


# filled by the house itself, in every kind (composing.py)
SITE = Variable("site", _("Alamat situs ini"), "https://okoce.example", "https://okoce.example")
NAME = Variable("name", _("Nama penerima"), "Siti Aminah", "Siti Aminah")
STAGE = Variable("stage", _("Tahap"), "P2 Pelatihan", "P2 Training")
