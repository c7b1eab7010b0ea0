from okoce.foundation.access.tests.things import things  # noqa: F401  (a fixture for the tests here)
