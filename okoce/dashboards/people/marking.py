"""What a file of people says about itself: by whom, when, of what and why it was made, and the code that leads back to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okoce.dashboards.models import Export
from okoce.dashboards.people.narrowing import filter_words
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.verification.codes import CODE_LENGTH, compact, is_whole, new_code, show_code
from okoce.foundation.web.numbers import count_text, moment_text

PREFIX = "UN"
# The last columns of every row: a program reads the file by its heads as before.
HEADS = (gettext_lazy("Kode unduhan"), gettext_lazy("Diunduh oleh"), gettext_lazy("Cakupan dan alasan"))
# A code among other words, with whatever people put between its groups.
_CODE = re.compile(rf"{PREFIX}(?:[\s\-–_.]*[2-9A-HJKMNP-Z]){{{CODE_LENGTH - len(PREFIX)}}}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """The same in words, made once a file."""

    code: str
    author: str
    made: str
    scope: str
    reason: str

    @property
    def maker(self) -> str:
        return f"{self.author}, {self.made}"

    @property
    def about(self) -> str:
        return _("%(scope)s; untuk: %(reason)s") % {"scope": self.scope, "reason": self.reason}

    def columns(self, *, is_first: bool) -> Sequence[str]:
        """Code and maker on every row, since a leak is often one row; the long words once."""
        return (self.code, self.maker, self.about if is_first else "")

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        """For people, on a page of a workbook."""
        return (
            (_("Kode unduhan"), self.code),
            (_("Diunduh oleh"), self.author),
            (_("Disusun"), self.made),
            (_("Cakupan"), self.scope),
            (_("Alasan"), self.reason),
            (
                _("Perhatian"),
                _(
                    "Berkas ini berisi data orang. Siapa pun yang menemukannya di tempat lain dapat melaporkan kodenya kepada petugas"
                    " pelindungan data OK OCE."
                ),
            ),
        )


def fresh_code() -> str:
    """A code that nobody guesses, as it is stored."""
    return new_code(PREFIX)


def shown(export: Export) -> str:
    """The code as people read it, "" on files of before there were codes."""
    return show_code(export.code) if export.code else ""


def scope_words(export: Export) -> str:
    """Whom a file is about, without a name or number."""
    if export.chosen is None:
        return filter_words(QueryDict(export.query))
    return _("%s orang yang dicentang") % count_text(len(export.chosen))


def mark_of(export: Export) -> Mark:
    """What is to stand in a file that is being made."""
    author = user_names([export.author_user_id]).get(export.author_user_id, export.author)
    return Mark(
        shown(export), author, moment_text(export.started_at, "medium"), scope_words(export), export.reason
    )


def codes_in(text: str) -> list[str]:
    """The codes that stand somewhere in a text, as they are stored; a mistyped one is none."""
    found = (compact(match.group()) for match in _CODE.finditer(text))
    return list(dict.fromkeys(code for code in found if is_whole(code)))


def file_name(export: Export, suffix: str) -> str:
    """As the browser keeps it: the code stays with it, however it is sent on."""
    return f"anggota-{shown(export) or export.pk}{suffix}"
