from okoce.foundation.accounts.throttle import forget_old_attempts
from okoce.foundation.shared.jobs import job


@job("accounts.forget_sign_in_attempts")
def forget_sign_in_attempts() -> None:
    """Failed sign-ins are kept only as long as they count."""
    forget_old_attempts()
