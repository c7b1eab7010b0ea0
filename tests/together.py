"""Many at the same moment, in real threads with connections of their own; for tests with `transaction=True`."""

from okoce.community.members.tests.together import together

__all__ = ["together"]
