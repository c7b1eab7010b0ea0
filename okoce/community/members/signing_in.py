"""Who may sign in with a phone. Asked by sign-in itself, before there is an actor; it is wired in config."""

from django.db.models import QuerySet

from okoce.community.members.models import Member


def member_who_may_sign_in(member_id: int) -> Member | None:
    """The member, if that one may sign in."""
    return may_sign_in().filter(pk=member_id).first()


def may_sign_in() -> QuerySet[Member]:
    """Not merged away and not erased. Who has left reads, takes along and erases what is held about her."""
    rows = Member.objects.counted().filter(erased_at__isnull=True)
    return rows.only("id", "number", "name", "phone", "region")
