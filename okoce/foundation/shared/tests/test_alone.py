"""Two who would work on the same piece of work: one does."""

import threading

import pytest
from django.db import connection

from okoce.foundation.shared.alone import alone_with

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(kind: str, record_id: int) -> bool:
    """Whether another connection would be alone with it now."""
    found: list[bool] = []

    def ask() -> None:
        try:
            with alone_with(kind, record_id) as is_alone:
                found.append(is_alone)
        finally:
            connection.close()

    worker = threading.Thread(target=ask)
    worker.start()
    worker.join(timeout=20)
    return found[0]


def test_nobody_else_works_on_it_until_the_end() -> None:
    with alone_with("test.work", 7) as is_alone:
        assert is_alone
        assert not elsewhere("test.work", 7)
        assert elsewhere("test.work", 8)
        assert elsewhere("test.other", 7)
    assert elsewhere("test.work", 7)


def test_a_failure_gives_it_back() -> None:
    with pytest.raises(ValueError, match="broken"), alone_with("test.work", 7):
        raise ValueError("broken")
    assert elsewhere("test.work", 7)


def test_whoever_did_not_get_it_gives_nothing_back() -> None:
    with alone_with("test.work", 7):
        assert not elsewhere("test.work", 7)
        assert not elsewhere("test.work", 7)
