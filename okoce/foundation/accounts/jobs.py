from okoce.foundation.accounts import locks, reset
from okoce.foundation.accounts.forgetting import forget_old_traces
from okoce.foundation.accounts.throttle import forget_old_attempts
from okoce.foundation.shared.jobs import job


@job("accounts.forget_sign_in_attempts")
def forget_sign_in_attempts() -> None:
    """Failed sign-ins, codes and their counts are kept only as long as they count."""
    forget_old_attempts()
    forget_old_traces()


@job("accounts.tell_of_lock")
def tell_of_lock(guessing_id: int) -> None:
    """Tell the owner of a phone that guessing has locked it."""
    locks.tell_of_lock(guessing_id)


@job("accounts.send_password_reset")
def send_password_reset(user_id: int, site: str) -> None:
    """Send an officer the way to a new password."""
    reset.send_password_reset(user_id, site)
