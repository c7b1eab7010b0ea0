"""Sign-in with a phone number or an e-mail address, and a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import active_user


class PhoneOrEmailBackend(BaseBackend):
    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """The user of `contact` and `password`, or None. An unknown contact costs the same time as a wrong password."""
        contact, password = credentials.get("contact"), credentials.get("password")
        if contact is None or password is None:
            return None
        user = User.objects.with_password(contact).first()
        if user is None:
            make_password(password)
            return None
        return user if check_password(password, user.password) else None

    def get_user(self, user_id: int) -> User | None:
        return active_user(user_id)
