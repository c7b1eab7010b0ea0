import pytest

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.tickets.tests.tellers import seated
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN


@pytest.fixture(autouse=True)
def _offices(db: None) -> None:
    """Somebody sits at every level of the places that these tests speak of: a ticket waits nowhere else."""
    seated(SENEN, "31.71", "31", KEBAYORAN_BARU, "31.74", COBLONG, "32.73", "32", "91.71.01")
