"""What was decided about sending by hand, as the desk's pages show it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okoce.foundation.notifications.hand_rules import LOOKED_BACK, MOST_COUNTED, Decided, Touched
from okoce.foundation.web.numbers import count_text, day_text
from okoce.foundation.web.tables import NOTHING, Cell, CellValue, Column


def hand_rule_columns() -> list[Column]:
    titles = (_("Jenis pesan"), _("Relawan diminta"), _("Sejak"), _("Sesudahnya"), _("Dasar"))
    return [Column(title) for title in titles]


def hand_rule_row(one: Decided, *, is_linked: bool) -> list[CellValue]:
    """A kind with its rule in force and those that come, the next one first; linked for whoever decides about it."""
    if one.kind.is_private:
        return [str(one.kind.label), _("Tidak pernah: hanya untuk penerimanya"), NOTHING, NOTHING, NOTHING]
    coming = [
        _("%(days)s mulai %(day)s") % {"days": for_days(row.days), "day": day_text(row.from_on, "medium")}
        for row in reversed(one.coming)
    ]
    address = reverse("decide_hand_rule", kwargs={"kind": one.kind.code})
    return [
        Cell(str(one.kind.label), address) if is_linked else str(one.kind.label),
        for_days(one.holding.days if one.holding else 0),
        day_text(one.holding.from_on, "medium") if one.holding else NOTHING,
        "; ".join(coming) or NOTHING,
        one.holding.source if one.holding else NOTHING,
    ]


def for_days(days: int) -> str:
    """How long volunteers are asked, in words."""
    if not days:
        return _("Tidak pernah")
    return ngettext("%(days)s hari", "%(days)s hari", days) % {"days": count_text(days)}


def touched_in_words(touched: Touched, days: int) -> list[str]:
    """Whom a rule would touch if it held today, one sentence each."""
    told = {
        "waiting": _counted(touched.waiting),
        "leaving": _counted(touched.leaving),
        "own": _counted(touched.on_own_page),
        "back": LOOKED_BACK,
    }
    sentences = [_("%(waiting)s pesan seperti ini sedang menunggu relawan.") % told]
    if touched.waiting:
        sentences.append(
            _("%(leaving)s di antaranya tidak lagi diminta, dan hanya berdiri di halaman penerimanya.") % told
        )
    sentences.append(
        _("Dalam %(back)s hari terakhir %(own)s pesan seperti ini hanya berdiri di halaman penerimanya.")
        % told
    )
    if days and touched.on_own_page:
        sentences.append(_("Yang seperti itu akan masuk antrean relawan bila penerimanya boleh dikirimi."))
    return sentences


def _counted(number: int) -> str:
    if number > MOST_COUNTED:
        return _("lebih dari %s") % count_text(MOST_COUNTED)
    return count_text(number)
