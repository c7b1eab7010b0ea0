"""The photo of a centre: kept and taken down by whoever tends it, seen by whoever sees the centre."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.community.centres import actions as deeds
from okoce.community.centres.queries import centre_for, known_centre
from okoce.community.centres.sheet import SMALL_PHOTO, centre_context
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.pictures import picture_path

UNPROCESSABLE = 422


@require_POST
@needs(Permission.CENTRES_MANAGE)
def keep_photo(request: Request, centre_id: int) -> HttpResponse:
    """Show this photo from now on."""
    centre = centre_for(request.actor, centre_id, Permission.CENTRES_MANAGE)
    sent = request.FILES.get("photo")
    if sent is None:
        return _refused(request, centre_id, _("Belum ada foto yang dipilih. Pilih fotonya."))
    try:
        deeds.keep_centre_photo(request.actor, centre, sent.chunks())
    except NotFound:
        raise
    except DomainError as refusal:
        return _refused(request, centre_id, refusal.sentence)
    messages.success(request, _("Foto dipasang."))
    return redirect("centre_detail", centre_id=centre_id)


@require_POST
@needs(Permission.CENTRES_MANAGE)
def remove_photo(request: Request, centre_id: int) -> HttpResponse:
    """Show none."""
    deeds.remove_centre_photo(request.actor, centre_for(request.actor, centre_id, Permission.CENTRES_MANAGE))
    messages.success(request, _("Foto dilepas."))
    return redirect("centre_detail", centre_id=centre_id)


def _refused(request: Request, centre_id: int, sentence: str) -> HttpResponse:
    centre = centre_for(request.actor, centre_id)
    context = {**centre_context(request.actor, centre), "photo_error": sentence}
    return render(request, "centres/centre_detail.html", context, status=UNPROCESSABLE)


@require_safe
def public_photo(request: Request, centre_id: int, name: str) -> FileResponse:
    """The photo of a centre that is or was open."""
    answer = _photo(known_centre(centre_id).photo, name)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"  # another photo has another name
    return answer


@require_safe
@needs(Permission.CENTRES_READ)
def desk_photo(request: Request, centre_id: int, name: str) -> FileResponse:
    """The photo of a centre that may still be a plan."""
    answer = _photo(centre_for(request.actor, centre_id).photo, name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _photo(shown: str, name: str) -> FileResponse:
    """Only the one that is shown: one that was taken down is gone, also by its address."""
    whole = name.removesuffix(SMALL_PHOTO)
    path = picture_path(shown, is_small=whole != name)
    if not shown or whole != shown or not path.exists():
        raise NotFound(_("Foto itu tidak ada lagi."))
    return FileResponse(path.open("rb"), content_type="image/webp")
