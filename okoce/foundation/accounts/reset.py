"""The message that leads an officer to a new password."""

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.foundation.accounts.models import User


def send_password_reset(user_id: int, site: str) -> None:
    """Make the key now and send it; somebody who may not come in gets none."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.email:
        return
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    address = urljoin(site, reverse("account_reset_password_from_key", kwargs=key))
    text = _(
        "Ada yang meminta kata sandi baru untuk akun Anda di OK OCE. Buka tautan ini:\n\n%(address)s\n\nBila bukan Anda, abaikan"
        " surel ini: kata sandi Anda tidak berubah."
    )
    send_mail(_("Kata sandi baru OK OCE"), text % {"address": address}, None, [user.email])
