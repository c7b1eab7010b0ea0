import pytest

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.partners.tests.referring import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()
