"""Photos as people send them, kept as small pictures: read anew pixel by pixel, so that nothing else of the file is left.

Where and when it was taken, the telephone's name, and whatever else hides in a photo go with that.
"""

import io
import threading
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from PIL.ExifTags import Base as Tag

from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.shelves import Shelf

PICTURES = Shelf("pictures")
MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 15
LARGEST = MOST_MEGABYTES * MEGABYTE
FORMATS = ("JPEG", "PNG", "WEBP")
# As told to the chooser of files; a telephone that takes HEIC photos sends a JPEG then.
ACCEPTED = "image/jpeg,image/png,image/webp"
# A JPEG is read at a fraction of its size, everything else whole: four bytes a pixel in memory.
MOST_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
# Longest side in pixels, and the bytes that a slow line should carry of it; of writing on a screen somebody reads every letter.
LARGE, SMALL = (1280, 120_000), (480, 30_000)
LEGIBLE = (2000, 300_000)
QUALITIES = (74, 60, 45, 30)
SHRINK = 0.75
# What a telephone that was set so writes instead of JPEG: the brand of such a file, behind its length and "ftyp".
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# A shape beyond this is no photo of a place; made small, it would be a line.
MOST_STRETCHED = 4

# How a camera was held, as its photo tells it, and what puts that upright.
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A kept picture: its name on disk, and the size of the large one in pixels."""

    name: str
    width: int
    height: int


def store_picture(
    chunks: Iterable[bytes],
    field: str,
    *,
    most_megabytes: int = MOST_MEGABYTES,
    large_size: tuple[int, int] = LARGE,
) -> Picture:
    """Keep a photo in two sizes. Refuses, and keeps nothing of, what is no photo, too large, cut off or stretched; the sentence
    stands beside `field`."""
    try:
        sent = _read(chunks, most_megabytes)
        with _one_at_a_time:  # memory for one photo, however many are sent at once
            large, small = _made_small(sent, large_size)
    except _NoPhotoError as refusal:
        raise Invalid([FieldError(field, str(refusal))]) from refusal
    name = PICTURES.new_name("")
    for is_small, (_image, pressed) in ((False, large), (True, small)):
        PICTURES.keep(_file_of(name, is_small=is_small), [pressed])
    return Picture(name, *large[0].size)


def picture_path(name: str, *, is_small: bool = False) -> Path:
    """Where a picture lies."""
    return PICTURES.path_of(_file_of(name, is_small=is_small))


def _file_of(name: str, *, is_small: bool) -> str:
    return f"{name}{'-s' if is_small else ''}.webp"


def forget_picture(name: str) -> None:
    """Delete a kept picture in all its sizes; one that is gone already is fine."""
    if name:
        for is_small in (False, True):
            PICTURES.forget(_file_of(name, is_small=is_small))


class _NoPhotoError(Exception):
    """With the sentence for whoever sent it."""


def _read(chunks: Iterable[bytes], most_megabytes: int) -> bytes:
    sent, most = bytearray(), min(LARGEST, most_megabytes * MEGABYTE)
    for chunk in chunks:
        sent += chunk
        if len(sent) > most:
            sentence = _("Foto ini lebih besar dari %s MB. Ambil lagi dengan ukuran lebih kecil.")
            raise _NoPhotoError(sentence % most_megabytes)
    if not sent:
        raise _NoPhotoError(_("Berkas ini kosong. Pilih fotonya."))
    return bytes(sent)


def _made_small(
    sent: bytes, large_size: tuple[int, int]
) -> tuple[tuple[Image.Image, bytes], tuple[Image.Image, bytes]]:
    image = _opened(sent)
    _require_shape(image)
    try:
        # at half, a quarter or an eighth of its size, where the format can: a JPEG
        image.draft("RGB", (large_size[0] * 2, large_size[0] * 2))
        image.load()
        flat = _on_white(_upright(image))
    except (OSError, ValueError, SyntaxError, EOFError) as problem:
        raise _NoPhotoError(
            _("Foto ini terpotong atau rusak. Kirim lagi, atau ambil foto baru.")
        ) from problem
    return _pressed(flat, *large_size), _pressed(flat, *SMALL)


def _opened(sent: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of many pixels: our own limit is below; of other faults: as _upright
            return Image.open(io.BytesIO(sent), formats=FORMATS)
    except Image.DecompressionBombError as problem:
        raise _too_many_pixels() from problem
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as problem:
        sentence = _("Berkas ini bukan foto yang dikenal. Kirim foto JPEG, PNG atau WebP.")
        if sent[4:8] == b"ftyp" and sent[8:12] in HEIC:
            sentence = _(
                "Foto HEIC dari iPhone belum bisa dibaca di sini. Kirim tangkapan layarnya (screenshot)."
            )
        raise _NoPhotoError(sentence) from problem


def _require_shape(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS[image.format or "PNG"]:
        raise _too_many_pixels()
    if max(width, height) > MOST_STRETCHED * min(width, height):
        raise _NoPhotoError(_("Foto ini terlalu memanjang. Potong dulu, atau ambil foto lain."))


def _too_many_pixels() -> _NoPhotoError:
    return _NoPhotoError(_("Foto ini terlalu besar untuk dibaca. Ambil lagi dengan ukuran lebih kecil."))


def _upright(image: Image.Image) -> Image.Image:
    """As it was seen. Nothing else of what the camera wrote is read, let alone written: of some it is broken, and the photo good."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            held = image.getexif().get(Tag.Orientation)
    except Exception:  # whatever a library makes of such bytes
        return image
    turn = UPRIGHT.get(held) if isinstance(held, int) else None
    return image if turn is None else image.transpose(turn)


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, palettes and the like."""
    if image.mode == "RGB":
        return image
    if "transparency" not in image.info and image.mode in {"L", "CMYK", "YCbCr"}:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _pressed(image: Image.Image, longest: int, most_bytes: int) -> tuple[Image.Image, bytes]:
    """The picture at most so long, pressed until it is light enough; a restless one becomes smaller instead."""
    while True:
        made = image.copy()
        made.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            pressed = io.BytesIO()
            made.save(pressed, "WEBP", quality=quality, method=4)
            if pressed.tell() <= most_bytes:
                return made, pressed.getvalue()
        longest = int(longest * SHRINK)
