"""A draft keeps what was told, is found again by its number, is read by nobody else, and vanishes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.stages.p1_registration.applications.actions import (
    HERSELF,
    Beginning,
    continue_earlier_draft,
    save_block,
    start_draft,
    verify_phone,
)
from okoce.stages.p1_registration.applications.purging import forget_drafts
from okoce.stages.p1_registration.applications.queries import draft_for, earlier_draft, unfinished_in
from okoce.stages.p1_registration.applications.tests.applicants import PHONE, TOLD, begun, filled, whole
from okoce.stages.p1_registration.models import RegistrationDraft, RegistrationTerm
from okoce.stages.p1_registration.states import DraftStep
from tests.cast import SENEN, officer

pytestmark = pytest.mark.django_db
OTHER_PHONE = "+6281300001111"


def saved_before(**ago: int) -> None:
    RegistrationDraft.objects.update(updated_at=timezone.now() - timedelta(**ago))


class TestADraft:
    def test_keeps_each_block_and_how_far_she_came(self) -> None:
        draft = filled(begun(), until=DraftStep.WORK)
        found = draft_for(HERSELF, draft.id)
        assert found is not None
        assert (found.step, found.answers.name, found.answers.region) == (
            DraftStep.WORK,
            "Siti Aminah",
            SENEN,
        )

    def test_holds_nothing_personal_in_the_clear(self) -> None:
        whole()
        with connection.cursor() as cursor:
            # bytes as they are: in the digits of their text any year may stand by chance
            cursor.execute("SELECT answers, (t::jsonb - 'answers' - 'phone_hash')::text FROM"
                           " (SELECT to_jsonb(d) AS t, answers FROM registration_registrationdraft d) kept")  # fmt: skip
            [(answers, others)] = cursor.fetchall()
        kept = bytes(answers) + others.encode()
        assert not any(word.encode() in kept for word in ("Siti", PHONE, "1990-", "Keripik"))

    def test_is_not_led_back_by_a_block_that_is_sent_again(self) -> None:
        draft = whole()
        events = Event.objects.count()
        again = save_block(HERSELF, draft.id, DraftStep.PERSON, TOLD[DraftStep.PERSON])
        assert again.step is DraftStep.CONSENT
        assert Event.objects.count() == events

    def test_takes_a_correction_of_an_earlier_block(self) -> None:
        draft = whole()
        told = {**TOLD[DraftStep.PERSON], "name": "Siti Aminah Putri"}
        corrected = save_block(HERSELF, draft.id, DraftStep.PERSON, told)
        assert (corrected.answers.name, corrected.step) == ("Siti Aminah Putri", DraftStep.CONSENT)

    def test_takes_no_block_beyond_the_one_that_comes_next(self) -> None:
        draft = save_block(HERSELF, begun().id, DraftStep.WORK, TOLD[DraftStep.WORK])
        assert (draft.step, draft.answers.trade) == (DraftStep.PERSON, "")

    def test_takes_nothing_before_the_number_is_verified(self) -> None:
        started = start_draft(HERSELF, Beginning(phone=PHONE))
        draft = save_block(HERSELF, started.id, DraftStep.PERSON, TOLD[DraftStep.PERSON])
        assert (draft.step, draft.answers.name) == (DraftStep.CODE, "")

    def test_begun_again_before_the_code_is_the_same_one(self) -> None:
        started = start_draft(HERSELF, Beginning(phone=PHONE))
        again = start_draft(HERSELF, Beginning(phone=OTHER_PHONE), started.id)
        assert (again.id, again.answers.phone, RegistrationDraft.objects.count()) == (
            started.id,
            OTHER_PHONE,
            1,
        )

    def test_is_not_verified_for_a_number_that_took_the_place_of_the_proven_one(self) -> None:
        """In another tab, between the code and its answer: somebody else's number would come in on one's own code."""
        started = start_draft(HERSELF, Beginning(phone=PHONE))
        start_draft(HERSELF, Beginning(phone=OTHER_PHONE), started.id)
        with pytest.raises(Refused):
            verify_phone(HERSELF, started.id, PHONE)
        draft = draft_for(HERSELF, started.id)
        assert draft is not None
        assert not draft.is_verified

    def test_is_not_overwritten_by_another_number_once_it_is_verified(self) -> None:
        draft = whole()
        other = start_draft(HERSELF, Beginning(phone=OTHER_PHONE), draft.id)
        assert other.id != draft.id
        kept = draft_for(HERSELF, draft.id)
        assert kept is not None
        assert kept.answers.name == "Siti Aminah"


class TestOnAnotherDevice:
    def test_it_is_found_by_its_number_and_goes_on(self) -> None:
        draft = filled(begun(), until=DraftStep.WORK)
        here = begun()
        found = earlier_draft(HERSELF, PHONE, here.id)
        assert found is not None
        going_on = continue_earlier_draft(HERSELF, here.id, found.id)
        assert (going_on.id, going_on.step) == (draft.id, DraftStep.WORK)
        assert not RegistrationDraft.objects.filter(pk=here.id).exists()

    @pytest.mark.parametrize(("before", "now"), [("2", ""), ("", "2")])
    def test_whether_she_may_be_called_is_what_she_said_last(self, before: str, now: str, ani: Actor) -> None:
        draft = filled(begun(call_text_version=before), until=DraftStep.WORK)
        here = begun(call_text_version=now)
        continue_earlier_draft(HERSELF, here.id, draft.id)
        assert bool(unfinished_in(ani).drafts) == bool(now)

    def test_it_is_not_handed_to_another_number_nor_to_an_unverified_one(self) -> None:
        draft = filled(begun(), until=DraftStep.WORK)
        stranger = begun(OTHER_PHONE)
        unverified = start_draft(HERSELF, Beginning(phone=PHONE))
        for other in (stranger, unverified):
            with pytest.raises(NotFound):
                continue_earlier_draft(HERSELF, other.id, draft.id)
        assert earlier_draft(HERSELF, OTHER_PHONE, stranger.id) is None
        assert RegistrationDraft.objects.count() == 3


class TestVanishing:
    def test_after_the_days_of_the_term(self) -> None:
        draft = whole()
        saved_before(days=29, hours=23)
        assert forget_drafts() == 0
        saved_before(days=30, minutes=1)
        assert draft_for(HERSELF, draft.id) is None  # also before the job has come by
        assert forget_drafts() == 1
        assert not RegistrationDraft.objects.exists()

    def test_after_other_days_once_the_term_is_another(self) -> None:
        whole()
        RegistrationTerm.objects.create(
            code="draft_days", value=7, from_on=timezone.now().date() - timedelta(days=1), source="Uji"
        )
        saved_before(days=8)
        assert forget_drafts() == 1

    def test_after_a_day_where_the_code_was_never_typed(self) -> None:
        start_draft(HERSELF, Beginning(phone=PHONE))
        saved_before(hours=25)
        assert forget_drafts() == 1


class TestWhoMayCall:
    def callable_draft(self, **otherwise: object) -> None:
        filled(begun(call_text_version="2"), until=DraftStep.CONSENT, **otherwise)

    def test_officers_of_her_kecamatan_and_the_secretariat_and_nobody_elsewhere(
        self, ani: Actor, budi: Actor, citra: Actor, gita: Actor
    ) -> None:
        self.callable_draft()
        assert [draft.answers.name for draft in unfinished_in(ani).drafts] == ["Siti Aminah"]
        assert len(unfinished_in(citra).drafts) == 1
        assert unfinished_in(budi).drafts == []
        assert unfinished_in(gita).drafts == []  # of her province, but registers nobody

    def test_the_komunitas_of_the_link_until_she_chooses_another(self) -> None:
        mawar, melati = active_group("Mawar"), active_group("Melati")
        of_mawar = officer("x", "penggerak", Scope(group_id=mawar.pk), 31)
        of_melati = officer("x", "penggerak", Scope(group_id=melati.pk), 32)
        draft = begun(call_text_version="2", invited_by=mawar.pk)
        assert (len(unfinished_in(of_mawar).drafts), len(unfinished_in(of_melati).drafts)) == (1, 0)
        filled(draft, group_id=melati.pk)
        assert (len(unfinished_in(of_mawar).drafts), len(unfinished_in(of_melati).drafts)) == (0, 1)

    def test_nobody_without_her_consent(self, ani: Actor, citra: Actor) -> None:
        whole()
        assert unfinished_in(ani).drafts == unfinished_in(citra).drafts == []

    def test_nobody_before_the_number_is_verified(self, citra: Actor) -> None:
        start_draft(HERSELF, Beginning(phone=PHONE, call_text_version="2"))
        assert unfinished_in(citra).drafts == []

    def test_a_page_at_a_time(self, ani: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("okoce.stages.p1_registration.applications.queries.PER_PAGE", 2)
        for _ in range(3):
            self.callable_draft()
        first = unfinished_in(ani)
        rest = unfinished_in(ani, first.next)
        assert (len(first.drafts), len(rest.drafts), rest.next) == (2, 1, None)
        assert {draft.id for draft in first.drafts}.isdisjoint({draft.id for draft in rest.drafts})
