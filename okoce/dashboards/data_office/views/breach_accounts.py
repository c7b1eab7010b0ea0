"""Whose data got out of those who have an account alone: their telephones or e-mails, then the names, which somebody confirms."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from okoce.community.privacy.actions import breaches as deeds
from okoce.community.privacy.actions.account_looks import AccountSight, note_account_look
from okoce.community.privacy.queries.accounts import accounts_reached_at
from okoce.community.privacy.queries.breaches import breach_for
from okoce.community.privacy.states import AccountLookedAt
from okoce.dashboards.data_office.breach_forms import NameAccounts
from okoce.dashboards.data_office.views.breaches import MANAGE, breach_page
from okoce.foundation.accounts.requests import Request, needs


@never_cache
@require_POST
@needs(MANAGE)
def name_affected_accounts(request: Request, breach_id: int) -> HttpResponse:
    """A mistyped number is somebody else's: so nobody counts before the names were read. Who reads them leaves a look."""
    breach, form = breach_for(request.actor, breach_id, MANAGE), NameAccounts(request.POST)
    found = {}
    if form.is_valid():
        reached = accounts_reached_at(request.actor, form.cleaned_data["contacts"], MANAGE)
        unknown = [contact for contact in form.cleaned_data["contacts"] if contact not in reached]
        found = {one.pk: one for one in reached.values()} if not unknown else {}
        if unknown:
            sentence = _("Tidak ada akun seperti ini: %s. Anggota dicatat dengan nomor anggotanya.")
            form.add_error("contacts", sentence % ", ".join(unknown[:10]))
        elif {str(pk) for pk in found} == set(request.POST.getlist("akun")):
            with form.taking_refusals():
                count = deeds.name_affected_accounts(request.actor, breach, list(found))
                messages.success(request, _("%d orang dicatat.") % count)
                return redirect("breach_detail", breach_id=breach.pk)
    for pk in found:
        sight = AccountSight(page=AccountLookedAt.ACCOUNT, right=MANAGE, user_id=pk)
        note_account_look(request.actor, sight)
    return breach_page(request, breach, accounts_form=form, found=list(found.values()))
