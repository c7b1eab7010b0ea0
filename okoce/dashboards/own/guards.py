"""The member's own pages are for whoever has a record of her own: no role opens them, only the record does."""

import functools

from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from okoce.dashboards.own.queries import own_member_id
from okoce.foundation.accounts.requests import Request, View
from okoce.foundation.shared.errors import NotAllowed


def needs_own_record(view: View) -> View:
    """Others are sent to the sign-in, or told that their account has no member's record. What a member reads of herself is
    kept by no cache on the way and asked for anew each time; her own device keeps it for days without network, until she signs
    out (docs/adr/0015)."""

    @functools.wraps(view)
    def guarded(request: Request, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if own_member_id(request.actor) is None:
            raise NotAllowed(
                _(
                    "Halaman ini milik anggota. Akun Anda belum terhubung dengan catatan anggota; masuk dengan nomor HP Anda."
                )
            )
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return guarded
