from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
