"""The lines of active mitra whose agreements are all over: what ended when, and what may be done about each."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.agreement_sheet import last_day
from okoce.community.partners.models import Partner
from okoce.community.partners.queries.lapsed import last_agreements
from okoce.foundation.access.actor import Actor
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import NOTHING, Cell, CellValue


def lapsed_heads(*, may_manage: bool) -> list[str]:
    """What stands in each line; what may be done, for whoever may do it."""
    return [_("Nama"), _("Perjanjian terakhir"), *([_("Perbarui"), _("Akhiri")] if may_manage else [])]


def lapsed_rows(actor: Actor, partners: Sequence[Partner], *, may_manage: bool) -> list[list[CellValue]]:
    """One line each; as many questions however many they are."""
    last = last_agreements(actor, [partner.pk for partner in partners])
    return [_row(partner, last.get(partner.pk), may_manage=may_manage) for partner in partners]


def _row(partner: Partner, last: Agreement | None, *, may_manage: bool) -> list[CellValue]:
    address = reverse("partner_detail", args=[partner.pk])
    told: list[CellValue] = [Cell(partner.name, address), _ended(last) if last else NOTHING]
    if not may_manage:
        return told
    return [*told, _way_on(partner, last), Cell(_("Akhiri kemitraan"), f"{address}#h-deeds")]


def _ended(last: Agreement) -> Cell:
    until = _("berakhir %s") % day_text(last_day(last), "medium")
    return Cell(last.number, reverse("agreement_detail", args=[last.pk]), detail=until)


def _way_on(partner: Partner, last: Agreement | None) -> Cell:
    """What ran out may go on; what was ended early is followed by another one."""
    if last is not None and last.ended_on is None:
        return Cell(_("Perpanjang"), reverse("agreement_detail", args=[last.pk]))
    return Cell(_("Catat perjanjian baru"), reverse("register_agreement", args=[partner.pk]))
