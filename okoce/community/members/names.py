"""Names: kept as people write them, compared without titles, degrees, accents and punctuation."""

import re
import unicodedata

from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import Unreadable, shown

LONGEST_NAME = 150
# Who had her data erased; in the records it is the name of all of them.
ERASED_NAME = "Data dihapus"

_SIMPLE = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
# As nearly all are written, with titles and degrees: nothing of them needs a second look.
_USUAL = re.compile(r"[A-Za-z][A-Za-z0-9.,'/()-]*(?: [A-Za-z0-9.,'/()-]+)*")
# What no name of a person holds: all signs of a keyboard but . , ' " ` - / ( ). Letters, marks and digits are of any script.
_STRANGE = re.compile(r"[!#$%&*+:;<=>?@\[\\\]^_{|}~]")
_STRANGE_KINDS = ("Sm", "Sc")  # of mathematics and money
# Invisible: zero width, soft hyphen, marks and overrides of the writing direction.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Signs of other scripts between the parts of a name, and an apostrophe as it is typed on a telephone.
_FINE = frozenset("’ʼ·・‧׳״")
_BEFORE_LETTERS = frozenset("‘´")  # Nur ‘Aini
_ODD_LETTERS = frozenset("ˆ")
_FORMULA_STARTS = ("=", "+", "-", "@")
_WORD_BREAKS = re.compile(r"[^\w\s]|_")
_APOSTROPHES = re.compile("['’‘`´ʼʻʾʿ\"“”]")

_TITLES_TEXT = (
    "h hj hjh haji hajjah kh bpk bapak bp pak ibu bu ny nyonya nyi tn tuan nn nona sdr sdri saudara "
    "saudari ust ustadz ustad ustadzah dr drs dra drg drh ir prof mr mrs ms miss"
)
_TITLES = frozenset(_TITLES_TEXT.split())
_DEGREES_TEXT = (
    "se sh st ss ssi ssos skom spd spdi spdsd sag sip sikom skep skm smn smb sth sthi shi sei sptk "
    "spt sp skh stp sds ssn ssit sst str strkeb strkes sfarm spsi sars sked apt ners amd amdkeb "
    "amdkep amdak am amk ama amapd amapkb mm mh mt ma mba msi msc mkom mkes mkeb mkep mpd mpdi mag "
    "mak map mi mikom msn mhum msos mth mph mpsi mtr ph phd dphil dr drs bsc ba be beng bba bcom llm "
    "lc cpa ca cfp ak sak qia cpns sgk spa spog spb"
)
_DEGREES = frozenset(_DEGREES_TEXT.split())


def clean_name(text: object) -> str | Unreadable:
    """The name as it will be shown: one line, single spaces, nothing invisible, no sign that no name holds. One letter is a
    name."""
    name = text if isinstance(text, str) else str(text)
    if len(name) <= LONGEST_NAME and _USUAL.fullmatch(name):
        return name
    read = searched_name(name)
    return read if isinstance(read, Unreadable) else _fault_of_signs(read) or read


def searched_name(name: str) -> str | Unreadable:
    """The same for whoever looks for somebody: a record of before may hold any sign."""
    if _CONTROL.search(name):
        return _refused(_("Nama berisi tanda yang tidak terlihat (kode kendali)."))
    name = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", name)).split())
    return _fault_of(name) or name


def name_key(name: str) -> str:
    """What two spellings of one name have in common: lower-case words without titles, degrees and accents."""
    words = name.lower().split(" ") if _SIMPLE.fullmatch(name) else _plain_words(name)
    first = 0
    while first < len(words) - 1 and words[first] in _TITLES:
        first += 1
    return " ".join(words[first:] if first else words)


def _fault_of(name: str) -> Unreadable | None:
    if not name:
        return _refused(_("Nama kosong."))
    if len(name) > LONGEST_NAME:
        return _refused(
            _("Nama terlalu panjang: %(count)s huruf, paling banyak %(most)s.")
            % {"count": len(name), "most": LONGEST_NAME}
        )
    if "\ufffd" in name:
        reason = _("Ada huruf rusak (�) di nama “%(name)s”.") % {"name": shown(name)}
        return Unreadable(reason, _("Ketik ulang namanya, atau simpan berkasnya sebagai CSV UTF-8."))
    if name.startswith(_FORMULA_STARTS):
        return _refused(_("“%(name)s” dimulai seperti rumus, bukan nama.") % {"name": shown(name)})
    return _fault_of_letters(name)


def has_pictures(text: str) -> bool:
    """Whether an emoji, a symbol or a sign that is not seen stands in it."""
    return not text.isascii() and any(unicodedata.category(c) in ("So", "Cs", "Co", "Cn", "Cf") for c in text)


def is_garbled(name: str) -> bool:
    """Whether it looks like a name of an encoding for which it was not taken (`ŽR“c‘¾˜Y`, `RenŽ`): with signs that no name holds,
    or a capital of another alphabet than ASCII's within a word."""
    if name.isascii():
        return False
    signs = zip(name, f"{name[1:]} ", strict=True)
    return any(_is_odd(one, following) for one, following in signs) or any(
        not word.isupper() and any(one.isupper() and not one.isascii() for one in word[1:])
        for word in _WORD_BREAKS.sub(" ", name).split()
    )


def _is_odd(sign: str, following: str) -> bool:
    if sign.isascii() or sign in _FINE:
        return False
    if sign in _BEFORE_LETTERS:
        return not following.isalpha()
    kind = unicodedata.category(sign)
    return kind[0] in "PS" or kind == "No" or sign in _ODD_LETTERS


def _fault_of_letters(name: str) -> Unreadable | None:
    if not any(c.isalpha() for c in name):
        return _refused(_("“%(name)s” tidak berisi huruf.") % {"name": shown(name)})
    if has_pictures(name):
        return _refused(_("Nama “%(name)s” berisi gambar atau lambang.") % {"name": shown(name)})
    if name.count('"') % 2:
        return _refused(_("Tanda kutip di nama “%(name)s” tidak berpasangan.") % {"name": shown(name)})
    return None


def _fault_of_signs(name: str) -> Unreadable | None:
    found = _STRANGE.findall(name)
    if not name.isascii():
        found += [one for one in name if not one.isascii() and unicodedata.category(one) in _STRANGE_KINDS]
    if not found:
        return None
    told = {"name": shown(name), "signs": " ".join(dict.fromkeys(found))}
    return _refused(_("Nama “%(name)s” berisi tanda %(signs)s yang tidak ada dalam nama orang.") % told)


def _plain_words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKC", name).casefold()
    text = _without_degrees(text)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _APOSTROPHES.sub("", text)
    words = _WORD_BREAKS.sub(" ", _INVISIBLE.sub("", text)).split()
    return words or [" ".join(name.casefold().split())]


def _without_degrees(name: str) -> str:
    head, *after_commas = name.split(",")
    kept = [part for part in after_commas if not _is_degree(part)]
    words = head.split()
    while (
        len(words) > 1
        and "." in words[-1]
        and _letters(words[-1]) in _DEGREES
        and len(_letters(words[-1])) > 1
    ):
        words.pop()
    return " ".join([*words, *kept])


def _is_degree(text: str) -> bool:
    """`S.E.`, `S.Pd`, `MM`, and several of them without a comma between: `S.E. M.M.`."""
    letters = _letters(text)
    return letters in _DEGREES or (bool(letters) and all(_letters(word) in _DEGREES for word in text.split()))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def _refused(reason: str) -> Unreadable:
    return Unreadable(reason, _("Tulis nama seperti di KTP; satu kata pun boleh."))
