"""A sentence that says komunitas does not say it twice."""

import pytest

from okoce.community.groups.naming import bare_name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Komunitas Ibu Senen", "Ibu Senen"),
        ("KOMUNITAS  Ibu Senen", "Ibu Senen"),
        ("Ibu Senen", "Ibu Senen"),
        ("Komunitas", "Komunitas"),
        ("Komunitasku Maju", "Komunitasku Maju"),
        ("", ""),
    ],
)
def test_the_noun_that_a_name_brings_is_dropped(name: str, said: str) -> None:
    assert bare_name(name) == said
