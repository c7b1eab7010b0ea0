"""Photos come in as telephones send them and are kept small, with nothing in them but what one sees."""

import io
import random
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps
from pytest_django import Settings

from okoce.foundation.shared import pictures
from okoce.foundation.shared.errors import Invalid
from okoce.foundation.shared.pictures import LARGE, SMALL, forget_picture, picture_path, store_picture

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def restless(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """As hard to press as no photo is."""
    noise = random.Random(7).randbytes(width * height * len(mode))
    return Image.frombytes(mode, (width, height), noise)


def plain(width: int, height: int, mode: str = "RGB", colour: Any = None) -> Image.Image:
    return Image.new(mode, (width, height), colour if colour is not None else (200, 30, 30))


def sent(image: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def kept(content: bytes) -> tuple[Image.Image, Image.Image]:
    picture = store_picture([content[:100], content[100:]], "photo")
    large, small = (Image.open(picture_path(picture.name, is_small=is_small)) for is_small in (False, True))
    assert large.size == (picture.width, picture.height)
    return large, small


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        store_picture([content], "photo")
    [error] = refused.value.errors
    assert error.field == "photo"
    return error.sentence


def left(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_becomes_two_small_ones(kind: str) -> None:
    large, small = kept(sent(plain(4000, 3000), kind))
    assert (large.format, large.size) == ("WEBP", (1280, 960))
    assert (small.format, small.size) == ("WEBP", (480, 360))


def test_a_small_one_is_not_made_larger() -> None:
    large, small = kept(sent(plain(300, 200)))
    assert large.size == small.size == (300, 200)


def test_even_a_restless_one_is_light_enough_for_a_slow_line(media: Path) -> None:
    picture = store_picture([sent(restless(1600, 1200))], "photo")
    for is_small, (_longest, most) in ((False, LARGE), (True, SMALL)):
        assert 0 < picture_path(picture.name, is_small=is_small).stat().st_size <= most


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright(media: Path) -> None:
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Telepon Murah X1", 6
    exif.get_ifd(GPS)[1] = "S"
    content = sent(plain(800, 600), exif=exif, comment=b"Ibu Siti, Senen")
    assert b"Telepon Murah" in content
    large, _small = kept(content)
    assert large.size == (600, 800)
    assert not large.getexif()
    for path in left(media):
        assert b"Telepon" not in path.read_bytes()
        assert b"Siti" not in path.read_bytes()


@pytest.mark.parametrize("held", [1, 2, 3, 4, 5, 6, 7, 8, 0, 9, 60_000])
def test_however_the_camera_was_held_it_stands_as_seen(held: int) -> None:
    photo, exif = plain(80, 60), Image.Exif()
    photo.paste((0, 0, 200), (0, 0, 40, 30))
    exif[ORIENTATION] = held
    content = sent(photo, exif=exif)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    large, _small = kept(content)
    assert large.size == upright.size
    for spot in ((5, 5), (large.width - 5, 5), (5, large.height - 5), (large.width - 5, large.height - 5)):
        seen, meant = large.convert("RGB").getpixel(spot), upright.getpixel(spot)
        assert max(abs(one - other) for one, other in zip(seen, meant, strict=True)) < 40  # type: ignore[arg-type]  # three colours


def test_what_a_camera_wrote_wrongly_beside_a_good_photo_does_no_harm() -> None:
    """Offsets without an end, a kind of value that there is not, an orientation in words."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Telepon Murah X1", 6
    exif.get_ifd(GPS)[1] = "S"
    content, dice = sent(plain(80, 60), exif=exif), random.Random(3)
    begin = content.index(b"Exif") + 6
    end = content.index(b"Exif") - 2 + int.from_bytes(content[begin - 8 : begin - 6])
    for _turn in range(400):
        broken = bytearray(content)
        for _byte in range(dice.randint(1, 6)):
            broken[dice.randrange(begin, end)] = dice.choice([0, 2, 7, 255, dice.randrange(256)])
        assert {large.size for large in kept(bytes(broken))} <= {(80, 60), (60, 80)}


def test_what_is_transparent_becomes_white() -> None:
    large, _small = kept(sent(plain(100, 100, "RGBA", (0, 0, 0, 0)), "PNG"))
    assert large.convert("RGB").getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "CMYK", "I;16"])
def test_every_way_of_writing_colours_is_read(mode: str) -> None:
    image = Image.new("I;16", (90, 60)) if mode == "I;16" else plain(90, 60).convert(mode)
    kept(sent(image, "JPEG" if mode in {"L", "CMYK"} else "PNG"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7 bukan foto", "bukan foto yang dikenal"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "bukan foto yang dikenal"),
        (sent(plain(10, 10), "GIF"), "bukan foto yang dikenal"),
        (sent(plain(600, 100)), "terlalu memanjang"),
        (sent(plain(800, 600))[:-900], "terpotong atau rusak"),
        (sent(plain(800, 600), "PNG")[:-60], "terpotong atau rusak"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused_with_a_sentence(content: bytes, said: str, media: Path) -> None:
    assert said in refusal(content)
    assert left(media) == []


def test_a_small_file_of_very_many_pixels_is_refused_before_it_is_unpacked(media: Path) -> None:
    bomb = sent(Image.new("1", (30_000, 30_000)), "PNG")
    assert len(bomb) < 1_000_000
    assert "terlalu besar untuk dibaca" in refusal(bomb)
    assert left(media) == []


def test_a_file_that_is_too_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST", 1_000)
    asked = []

    def chunks() -> Any:
        for number in range(100):
            asked.append(number)
            yield bytes(500)

    with pytest.raises(Invalid) as refused:
        store_picture(chunks(), "photo")
    assert "lebih besar dari 15 MB" in refused.value.errors[0].sentence
    assert len(asked) == 3


def test_a_photo_with_a_page_hidden_behind_it_is_a_photo_alone(media: Path) -> None:
    kept(sent(plain(100, 100)) + b"<html><script>alert(1)</script></html>")
    assert all(b"script" not in path.read_bytes() for path in left(media))


def test_forgetting_leaves_neither_size_and_twice_is_fine(media: Path) -> None:
    picture = store_picture([sent(plain(100, 100))], "photo")
    assert len(left(media)) == 2
    for _time in range(2):
        forget_picture(picture.name)
    assert left(media) == []


def test_a_name_leads_nowhere_else(media: Path) -> None:
    assert picture_path("../../etc/passwd").parent == media / "pictures"
