"""What a grant reaches. A scope that names nothing reaches nothing: it fails closed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows one grant reaches; the policies turn it into one Q per table.

    `region` is a Kemendagri code whose prefix counts ("31" reaches all of Jakarta).
    """

    everywhere: bool = False
    region: str = ""
    group_id: int | None = None
    partner_id: int | None = None
    helper_user_id: int | None = None
    member_id: int | None = None

    @property
    def is_empty(self) -> bool:
        """True when the scope names nothing at all."""
        return (
            not self.everywhere
            and not self.region
            and self.group_id is None
            and self.partner_id is None
            and (self.helper_user_id is None and self.member_id is None)
        )


EVERYWHERE = Scope(everywhere=True)


def region_within(code: str, prefix: str) -> bool:
    """True when a dotted code lies in a region or is it: `31.71` reaches `31.71.04`, never `31.710`."""
    return bool(prefix) and (code == prefix or code.startswith(prefix + "."))
