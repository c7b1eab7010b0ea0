"""The last block makes one member, with the consents in the words that she read."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.consents import Guardian
from okoce.community.members.models import Consent, GuardianConsent, Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Invalid, NotFound, Refused
from okoce.pipeline.models import StageRecord
from okoce.stages.p1_registration.applications.actions import (
    HERSELF,
    complete_registration,
    keep_agreement,
    prove_guardian,
)
from okoce.stages.p1_registration.applications.tests.applicants import (
    AGREED,
    PHONE,
    begun,
    filled,
    guarded,
    whole,
)
from okoce.stages.p1_registration.models import RegistrationDraft
from okoce.stages.p1_registration.states import DraftStep
from tests.cast import SENEN

MOTHER = Guardian(name="Wati", phone="+6281299990000", relation="parent", text_version="2")


@pytest.mark.django_db
class TestTheLastBlock:
    def test_makes_a_member_with_everything_she_told(self) -> None:
        group = active_group("Mawar")
        completed = complete_registration(HERSELF, whole(group_id=group.pk).id, AGREED)
        member = Member.objects.get(pk=completed.member_id)
        assert completed.is_new
        assert (member.name, member.phone, member.region, member.sex, member.group_id) == (
            "Siti Aminah",
            PHONE,
            SENEN,
            "female",
            group.pk,
        )
        assert (member.work_status, member.business.entry_state, member.business.sector) == (
            "usaha",
            "trading",
            "Keripik tempe",
        )
        assert (member.birth_on, member.nik_masked) == (date(1990, 8, 17), "")
        assert StageRecord.objects.get().member_id == member.pk

    def test_keeps_each_consent_with_its_version_and_instant_and_no_witness(self) -> None:
        with time_machine.travel("2026-11-21T20:30:00Z", tick=False):
            complete_registration(HERSELF, whole().id, AGREED)
        kept = {one.purpose: one for one in Consent.objects.all()}
        assert set(kept) == {"programme", "contact"}
        for one in kept.values():
            assert (one.text_version, one.given_on, one.witnessed_by) == ("2", date(2026, 11, 22), None)
            assert one.recorded_at is not None

    def test_sent_again_gives_the_same_member_and_changes_nothing(self) -> None:
        draft = whole()
        first = complete_registration(HERSELF, draft.id, AGREED)
        events = Event.objects.count()
        assert complete_registration(HERSELF, draft.id, AGREED) == first
        assert (Member.objects.count(), Event.objects.count()) == (1, events)

    def test_leaves_nothing_of_what_she_told_in_the_draft(self) -> None:
        draft = whole()
        completed = complete_registration(HERSELF, draft.id, AGREED)
        row = RegistrationDraft.objects.get()
        assert (bytes(row.answers), row.region, row.group_id, row.member_id) == (
            b"",
            "",
            None,
            completed.member_id,
        )

    def test_refuses_a_draft_that_is_not_whole(self) -> None:
        draft = filled(begun(), until=DraftStep.WORK)
        with pytest.raises(Refused):
            complete_registration(HERSELF, draft.id, AGREED)
        assert Member.objects.count() == 0

    def test_refuses_a_draft_that_has_vanished(self) -> None:
        draft = whole()
        RegistrationDraft.objects.all().delete()
        with pytest.raises(NotFound):
            complete_registration(HERSELF, draft.id, AGREED)

    def test_stands_in_the_trail_without_a_word_of_what_she_told(self) -> None:
        complete_registration(HERSELF, whole().id, AGREED)
        kinds = set(Event.objects.values_list("kind", flat=True))
        assert {
            "registration.draft_started",
            "registration.draft_phone_verified",
            "registration.draft_saved",
            "registration.draft_completed",
            "registration.member_registered",
        } <= kinds
        told = " ".join(str(event.payload) for event in Event.objects.all())
        assert not any(word in told for word in ("Siti", PHONE, "1990"))


@pytest.mark.django_db
class TestSomebodyUnderAge:
    def test_is_refused_without_a_guardian_and_nothing_is_kept(self) -> None:
        draft = whole(birth_on="2010-01-01")
        with pytest.raises(Invalid) as refused:
            complete_registration(HERSELF, draft.id, AGREED)
        assert [error.field for error in refused.value.errors] == ["guardian_agrees"]
        assert Member.objects.count() == 0

    def test_comes_in_with_a_guardian_whose_consent_stands_beside_hers(self) -> None:
        agreed = replace(AGREED, guardian=MOTHER)
        draft = guarded(agreed, birth_on="2010-01-01")
        complete_registration(HERSELF, draft.id, agreed)
        noted = GuardianConsent.objects.get()
        assert noted.phone_proven_since is not None
        assert noted.phone_proven_since.isoformat() == draft.answers.guardian_proven_at
        assert noted.witnessed_by is None
        assert (noted.name, noted.phone, noted.relation, noted.text_version) == (
            "Wati",
            "+6281299990000",
            "parent",
            "2",
        )
        assert noted.consent.purpose == "programme"
        told = Event.objects.get(kind="members.guardian_consented")
        assert "Wati" not in str(told.payload)

    def test_is_refused_while_the_guardians_phone_is_not_proven(self) -> None:
        draft = whole(birth_on="2010-01-01")
        with pytest.raises(Refused):
            complete_registration(HERSELF, draft.id, replace(AGREED, guardian=MOTHER))
        assert Member.objects.count() == 0

    def test_is_refused_with_another_guardian_than_the_one_who_is_proven(self) -> None:
        draft = guarded(replace(AGREED, guardian=MOTHER), birth_on="2010-01-01")
        other = replace(AGREED, guardian=replace(MOTHER, phone="+6281299990001"))
        with pytest.raises(Refused):
            complete_registration(HERSELF, draft.id, other)
        keep_agreement(HERSELF, draft.id, other)
        with pytest.raises(Refused):
            complete_registration(HERSELF, draft.id, other)
        with pytest.raises(Refused):
            prove_guardian(HERSELF, draft.id, MOTHER.phone)
        assert Member.objects.count() == 0

    def test_needs_no_second_code_where_the_guardians_phone_is_the_one_it_began_with(self) -> None:
        draft = whole(birth_on="2010-01-01")
        mother = replace(MOTHER, phone="0812 3456 7890")
        complete_registration(HERSELF, draft.id, replace(AGREED, guardian=mother))
        assert GuardianConsent.objects.get().phone_proven_since == draft.verified_since

    def test_is_refused_with_a_guardian_whose_number_is_none(self) -> None:
        draft = whole(birth_on="2010-01-01")
        with pytest.raises(Invalid) as refused:
            complete_registration(
                HERSELF, draft.id, replace(AGREED, guardian=replace(MOTHER, phone="0812", relation=""))
            )
        assert {error.field for error in refused.value.errors} == {"guardian_phone", "guardian_relation"}
        assert Member.objects.count() == 0

    @pytest.mark.parametrize(("born_on", "is_refused"), [("2008-11-22", False), ("2008-11-23", True)])
    def test_is_of_age_on_the_day_of_the_birthday_where_she_lives(
        self, born_on: str, is_refused: bool
    ) -> None:
        draft = whole(birth_on=born_on)
        with time_machine.travel("2026-11-21T17:30:00Z", tick=False):  # half past midnight in WIB
            if is_refused:
                with pytest.raises(Invalid):
                    complete_registration(HERSELF, draft.id, AGREED)
            else:
                assert complete_registration(HERSELF, draft.id, AGREED).is_new


@pytest.mark.django_db
class TestAKnownPerson:
    def test_is_led_to_her_own_record_and_gives_the_consent_that_a_file_lacked(self) -> None:
        known = member_with(name="Siti Aminah", phone="0812 3456 7890", consent_on=None)
        completed = complete_registration(HERSELF, whole().id, AGREED)
        assert (completed.member_id, completed.is_new) == (known.pk, False)
        assert set(known.consents.values_list("purpose", flat=True)) == {"programme", "contact"}
        known.refresh_from_db()
        assert known.consent_on is not None

    def test_of_the_same_family_comes_in_as_herself(self) -> None:
        member_with(name="Budi Hartono", phone="0812 3456 7890")
        assert complete_registration(HERSELF, whole().id, AGREED).is_new
        assert Member.objects.filter(phone=PHONE).count() == 2


@pytest.mark.django_db(transaction=True)
class TestTwentyAtOnce:
    def test_of_one_draft_make_one_member(self) -> None:
        draft = whole()
        answers = together(20, lambda _place: complete_registration(HERSELF, draft.id, AGREED))
        assert Member.objects.count() == 1
        assert {answer.member_id for answer in answers} == {Member.objects.get().pk}

    def test_of_twenty_drafts_of_one_person_make_one_member(self) -> None:
        drafts = [whole() for _ in range(20)]
        answers = together(20, lambda place: complete_registration(HERSELF, drafts[place].id, AGREED))
        assert Member.objects.count() == 1
        assert {answer.member_id for answer in answers} == {Member.objects.get().pk}
