"""What a device answers to the question for a passkey. allauth reads it as if nothing but a device ever answered."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as theirs


class _MadeUp:
    """Mixed in before a form of allauth: an answer without its parts is refused, and no error of the server's."""

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]  # of the form beside it
        except (KeyError, TypeError, ValueError, AttributeError):
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))  # type: ignore[attr-defined]  # likewise


class AddedPasskey(_MadeUp, theirs.AddWebAuthnForm):
    """At the enrolment."""


class ShownPasskey(_MadeUp, theirs.AuthenticateWebAuthnForm):
    """At the sign-in."""


class ShownPasskeyAgain(_MadeUp, theirs.ReauthenticateWebAuthnForm):
    """Before the account's security is changed."""
