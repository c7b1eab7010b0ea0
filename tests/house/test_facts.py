"""Facts have a sentence, reactions hear real facts, the timetable names real jobs, decisions say when and by whom."""

import string

from django.apps import apps

from okoce.config.timetable import TIMETABLE
from okoce.foundation.events.facts import KINDS, REACTIONS
from okoce.foundation.shared.jobs import JOBS, find_jobs

# `_at` that need no `_by`: when the machinery wrote a row, and when the person concerned did something themselves.
AUTOMATIC = {
    "created_at",
    "updated_at",
    "recorded_at",
    "happened_at",
    "found_at",
    "at",
    "erased_at",
    "loaded_at",
    "purged_at",
}
# The author of these stands in the event of the deed.
IN_THE_TRAIL = {
    "accounts.ApiToken.revoked_at",
    "registration.Import.cancel_asked_at",
    "dashboards.Export.cancel_asked_at",
    "pipeline.EvidenceBatch.stop_asked_at",
}


def test_every_fact_has_a_dotted_kind_and_a_sentence_that_its_fields_fill() -> None:
    for kind, declared in KINDS.items():
        assert kind.count(".") == 1, kind
        assert declared.sentence.endswith("."), kind
        fields = {
            field for _text, field, _spec, _conversion in string.Formatter().parse(declared.sentence) if field
        }
        assert fields <= set(declared.fact.__dataclass_fields__), kind


def test_every_kind_subscribed_to_exists() -> None:
    find_jobs()
    assert set(REACTIONS) <= set(KINDS)


def test_the_timetable_names_real_jobs() -> None:
    find_jobs()
    assert set(TIMETABLE) <= set(JOBS)


def test_an_instant_of_a_decision_is_paired_with_who_decided() -> None:
    lonely = []
    for model in apps.get_models():
        if not model.__module__.startswith("okoce."):
            continue
        names = {field.name for field in model._meta.get_fields()}
        for name in names:
            if not name.endswith("_at") or name in AUTOMATIC or f"{model._meta.label}.{name}" in IN_THE_TRAIL:
                continue
            if name in {"started_at", "finished_at"}:
                continue  # how long a machine worked
            if f"{name.removesuffix('_at')}_by" not in names:
                lonely.append(f"{model._meta.label}.{name}")
    assert lonely == []
