"""From what a program told to a NewMember: the place and the komunitas are looked up, and everything wrong is said at once."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from okoce.community.groups.models import Group
from okoce.community.groups.queries import active_group, active_group_named
from okoce.community.members.actions.entry import NewBusiness, NewMember, Person
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.resolution import CODE_FIELD, FIELD_OF
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.stages.p1_registration.schemas import BusinessIn, MemberIn

# Names of the deed's fields where the API calls them otherwise.
_API_NAMES = {"consent_on": "consent.given_on", "group_id": "group", "purposes": "consent"}
_PLACE_NAMES = {CODE_FIELD: "region"} | {column: level.value for level, column in FIELD_OF.items()}
_PLACE = frozenset({"region", *_PLACE_NAMES.values()})


@dataclass(slots=True)
class Read:
    """A person ready to be registered, what is wrong, and how the place was understood."""

    new: NewMember
    group: Group | None = None
    wrong: list[FieldError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_member(told: MemberIn) -> Read:
    """Look up place and komunitas; raises Invalid with every wrong field, under the names that the caller used."""
    read = Read(_new_member(told), wrong=list(told.findings))
    _find_place(told, read)
    _find_group(told, read)
    if read.wrong:
        raise Invalid(_all_wrong(told, read))
    return read


def under_sent_names(told: MemberIn, error: Invalid) -> Invalid:
    """The refusal of the deed, with the names that the caller used."""
    return Invalid([_sent(told, one) for one in error.errors])


def _new_member(told: MemberIn) -> NewMember:
    consent = told.consent
    registered_on = told.registered_on
    return NewMember(
        name=told.name,
        phone=told.phone or "",
        nik=told.nik or "",
        email=told.email or "",
        birth_on=told.birth_on,
        sex=told.sex or "",
        work_status=told.work_status or "",
        address=told.address or "",
        source=told.source or "",
        registered_on=registered_on,
        consent_on=consent.given_on or registered_on,
        purposes=_purposes(consent.contact),
        business=_new_business(told.business),
    )


def _purposes(may_contact: bool) -> tuple[str, ...]:
    programme = ConsentPurpose.PROGRAMME.value
    return (programme, ConsentPurpose.CONTACT.value) if may_contact else (programme,)


def _new_business(told: BusinessIn | None) -> NewBusiness:
    if told is None:
        return NewBusiness()
    return NewBusiness(
        name=told.name or "",
        sector=told.sector or "",
        entry_state=told.entry_state or "",
        since_on=told.since_on,
        workers=told.workers,
        monthly_turnover=told.monthly_turnover,
        nib=told.nib or "",
        npwp=told.npwp or "",
    )


def _find_place(told: MemberIn, read: Read) -> None:
    """A kecamatan's code is taken as it is; everything else goes through the resolver, which never guesses silently."""
    code, village = told.region or "", told.village or ""
    is_plain = len(code) == LENGTH_OF[Level.DISTRICT] and not (told.province or told.regency or told.district)
    is_plain = is_plain and (not village or village.startswith(f"{code}."))
    if is_plain and territory.find_region(code):
        _settle(read, code, village)
        return
    if any(one.field in _PLACE for one in read.wrong):
        return  # a half of an address would be resolved to another place
    _resolve(told, read)


def _resolve(told: MemberIn, read: Read) -> None:
    district, village, code = told.district or "", told.village or "", told.region or ""
    if not code and read_code(district).code:
        district, code = "", district
    if read_code(village).code.startswith(f"{read_code(code).code}."):
        village, code = "", village
    found = territory.resolver().resolve(
        province=told.province,
        regency=told.regency,
        district=district,
        village=village,
        code=code,
        at_least=Level.DISTRICT,
    )
    if found.region is None:
        name = _PLACE_NAMES.get(found.field, "region")
        read.wrong.append(
            FieldError(name, _with_candidates(found.sentence, found.suggestion), str(found.reason))
        )
        return
    _settle(read, found.region.code[: LENGTH_OF[Level.DISTRICT]], found.region.code)
    read.notes += [found.note] if found.note else []


def _with_candidates(sentence: str, candidates: str) -> str:
    return " ".join([sentence, _("Kode yang mungkin: %s.") % candidates]) if candidates else sentence


def _settle(read: Read, region: str, village: str) -> None:
    is_village = len(village) == LENGTH_OF[Level.VILLAGE]
    new = replace(read.new, region=region, village=village if is_village else "")
    read.new = new if new.consent_on else replace(new, consent_on=day_in(territory.zone_of(region)))


def _find_group(told: MemberIn, read: Read) -> None:
    if told.group is None or told.group == "":
        return
    group = active_group(told.group) if isinstance(told.group, int) else active_group_named(told.group)
    if group is None:
        sentence = _("Komunitas itu tidak ada atau tidak aktif. Pilih komunitas yang sudah divalidasi.")
        read.wrong.append(FieldError("group", sentence))
        return
    read.group = group
    read.new = replace(read.new, group_id=group.pk)


def _all_wrong(told: MemberIn, read: Read) -> list[FieldError]:
    """What is wrong already, and what the deed itself would find in the rest."""
    found = [_sent(told, one) for one in read.wrong]
    silent = {one.field for one in read.wrong}
    if silent & _PLACE:
        silent |= _PLACE
    if told.consent.given_on is None:
        silent.add("consent_on")  # a day that nobody sent
    try:
        Person.of(read.new, witnessed_by=None)
    except Invalid as error:
        others = (one for one in error.errors if not {one.field, _API_NAMES.get(one.field)} & silent)
        found += [_sent(told, one) for one in others]
    return found


def _sent(told: MemberIn, one: FieldError) -> FieldError:
    name = _API_NAMES.get(one.field, one.field)
    return replace(one, field=told.as_written(name))
