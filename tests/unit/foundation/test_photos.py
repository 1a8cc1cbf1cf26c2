"""What comes in as a photo leaves as nothing but a picture, or with one kind of refusal; in bounded time and memory."""

from __future__ import annotations

import random
import re
import time

import pytest
from PIL import Image

from chengnuo.foundation import photos, reencode
from chengnuo.foundation.photos import PhotoDamaged, PhotoInHeic, PhotoRefused, PhotosWait, PhotoTooLarge, reencoded
from tests.factories.photos import KINDS, SECRET, made, opened, vast_png

MUTANTS = 200
HTML = b"<html><script>alert(1)</script></html>"
PDF = b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript >> >>"
ZIP = b"PK\x03\x04" + b"\x00" * 26


def is_blue(point):
    red, _green, blue = point
    return blue > 200 and red < 60


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_picture_remains(kind):
    photo = made(kind, (640, 480))
    assert SECRET in photo
    assert opened(photo).getexif()[0x8825]
    result = reencoded(photo)
    picture = opened(result)
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (640, 480), "RGB")
    assert not picture.getexif()
    assert set(picture.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert SECRET not in result
    # the standard's own segments alone: no EXIF, no profile, no comment
    assert not re.findall(rb"\xff(?:[\xe1-\xef]|\xfe)..", result.split(b"\xff\xda")[0], re.DOTALL)
    assert is_blue(picture.getpixel((10, 10)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("turned", "blue"), [(1, "left"), (2, "right"), (3, "right"), (6, "top"), (8, "bottom"), (99, "left")]
)
def test_it_stands_upright(kind, turned, blue):
    picture = opened(reencoded(made(kind, (640, 480), turned=turned)))
    width, height = picture.size
    assert (width > height) is (turned not in {6, 8})
    places = {"left": (8, height // 2), "right": (width - 8, height // 2)}
    places |= {"top": (width // 2, 8), "bottom": (width // 2, height - 8)}
    assert [name for name, place in places.items() if is_blue(picture.getpixel(place))][:1] == [blue] or (
        is_blue(picture.getpixel(places[blue]))
    )


@pytest.mark.parametrize("size", [(4000, 3000), (2500, 10), (2001, 2001)])
def test_it_is_at_most_two_thousand_points_long(size):
    made_of = opened(reencoded(made("JPEG", size)))
    assert max(made_of.size) == 2000
    assert made_of.size[0] / made_of.size[1] == pytest.approx(size[0] / size[1], rel=0.1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_no_kind_of_colour_turns_into_an_empty_page(mode, tmp_path):
    """A page half black: what cannot be seen afterwards would be taken for an empty paper."""
    picture = Image.new("RGB", (200, 100), "white")
    picture.paste("black", (0, 0, 100, 100))
    kind = "JPEG" if mode == "CMYK" else "PNG"
    if mode == "I;16":
        grey = Image.new("I;16", (200, 100), 0xFFFF)
        grey.paste(0, (0, 0, 100, 100))
    else:
        grey = picture.convert(mode)
    grey.save(tmp_path / "page", kind)
    result = opened(reencoded((tmp_path / "page").read_bytes()))
    assert max(result.getpixel((50, 50))) < 40
    assert min(result.getpixel((150, 50))) > 215


def test_what_is_transparent_is_white():
    clear = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    assert opened(reencode.reencoded(_png(clear), 2000)).getpixel((5, 5)) == (255, 255, 255)


def _png(picture):
    out = reencode.io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


# what is refused


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", HTML, PDF, ZIP, b"GIF89a" + b"\x00" * 50, b"II*\x00" + b"\x00" * 50, b"BM" + b"\x00" * 60,
     b"%!PS-Adobe-3.0 EPSF-3.0\n", b"RIFF\x00\x00\x00\x00WAVEfmt ", b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)  # fmt: skip
def test_what_is_no_photo_is_refused_with_what_to_do(content):
    with pytest.raises(PhotoRefused) as refused:
        reencoded(content)
    assert refused.type is PhotoRefused
    assert "counter" in refused.value.remedy


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
def test_a_heic_is_told_how_to_send_it_otherwise(brand):
    with pytest.raises(PhotoInHeic) as refused:
        reencoded(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 100)
    assert "screenshot" in refused.value.remedy


@pytest.mark.parametrize("size", [(8000, 8000), (20_000, 20_000), (400_000, 1000)])
def test_a_bomb_is_small_and_vast_and_refused_at_once(size):
    bomb, began = vast_png(*size), time.monotonic()
    assert len(bomb) < 1_000_000
    with pytest.raises(PhotoTooLarge):
        reencoded(bomb)
    assert time.monotonic() - began < 5


def test_a_header_that_lies_about_its_size_is_refused():
    photo = bytearray(made("JPEG"))
    at = photo.index(b"\xff\xc0")
    photo[at + 5 : at + 9] = b"\xff\xff\xff\xff"
    with pytest.raises(PhotoTooLarge):
        reencoded(bytes(photo))


def test_more_than_ten_megabytes_are_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(photos, "_elsewhere", lambda _photo: pytest.fail("it was decoded"))
    with pytest.raises(PhotoTooLarge):
        reencoded(made() + b"\x00" * photos.MOST_BYTES)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.2, 0.6, 0.9])
def test_a_truncated_photo_is_refused(kind, share):
    photo = made(kind, (640, 480))
    with pytest.raises(PhotoDamaged):
        reencoded(photo[: int(len(photo) * share)])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tail", [HTML, PDF, ZIP, made("PNG")])
def test_what_hangs_on_behind_is_gone(kind, tail):
    """A polyglot: a good photo, and another file to whoever opens it as one."""
    result = reencoded(made(kind) + tail)
    assert tail not in result
    assert result.endswith(b"\xff\xd9")
    assert opened(result).size == (64, 48)


def test_a_page_inside_a_comment_is_gone():
    out = reencode.io.BytesIO()
    opened(made()).save(out, "JPEG", comment=HTML)
    assert HTML in out.getvalue()
    assert HTML not in reencoded(out.getvalue())


@pytest.mark.parametrize("kind", KINDS)
def test_mutants_end_in_a_picture_or_in_the_one_refusal(kind, monkeypatch):
    """Decoded here, so that 200 take seconds; every twentieth also goes the whole way, through the program."""
    photo, chance = made(kind), random.Random(kind)
    ends = {"picture": 0, "refused": 0}
    for number in range(MUTANTS):
        mutant = bytearray(photo)
        for _ in range(chance.randint(1, 8)):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        if number % 20 == 0:
            try:
                assert opened(reencoded(bytes(mutant))).format == "JPEG"
                ends["picture"] += 1
            except PhotoRefused:
                ends["refused"] += 1
        else:
            ends["picture" if _decoded_here(bytes(mutant)) else "refused"] += 1
    assert sum(ends.values()) == MUTANTS
    assert all(ends.values()), ends


def _decoded_here(photo):
    """As the program's `main` does: whatever is raised is a refusal there."""
    try:
        return opened(reencode.reencoded(photo, 2000)).format == "JPEG"
    except Exception:  # noqa: BLE001  # the point of it
        return False


# the program


def test_the_program_has_limits_and_no_secrets(monkeypatch, tmp_path):
    """In its place another program tells what it was given."""
    told = tmp_path / "told.py"
    told.write_text(
        "import os, sys, resource\n"
        "sys.stdin.buffer.read()\n"
        "open(1, 'wb').write(b'\\xff\\xd8\\xff' + repr((dict(os.environ), sys.argv[1:], os.getcwd())).encode())\n"
    )
    monkeypatch.setenv("CHENGNUO_SECRET_KEY", "secret")
    monkeypatch.setattr(photos, "PROGRAM", told)
    said = reencoded(made()).decode("latin1")
    assert "secret" not in said
    assert "DATABASE_URL" not in said
    assert "['50000000', '2000', '805306368', '20']" in said


@pytest.mark.parametrize(
    "program",
    ["import time; time.sleep(60)", "while True: pass", "import os; os.kill(os.getpid(), 11)", "raise SystemExit(4)",
     "import sys; sys.stdin.buffer.read(); sys.stdout.write('no picture')",
     "import sys; sys.stdin.buffer.read()\nwhile True: sys.stdout.buffer.write(b'\\xff\\xd8\\xff' * 100000)"],
)  # fmt: skip
def test_a_program_that_hangs_dies_or_babbles_is_a_refusal_in_time(program, monkeypatch, tmp_path):
    (tmp_path / "bad.py").write_text(program)
    monkeypatch.setattr(photos, "PROGRAM", tmp_path / "bad.py")
    monkeypatch.setattr(photos, "SECONDS", 1)
    began = time.monotonic()
    with pytest.raises(PhotoDamaged):
        reencoded(made("JPEG", (2000, 1500)))
    assert time.monotonic() - began < 5


def test_too_little_memory_is_a_refusal(monkeypatch):
    monkeypatch.setattr(photos, "MEMORY", 150 * 1024 * 1024)
    with pytest.raises(PhotoRefused):
        reencoded(vast_png(7000, 7000))


def test_the_program_can_write_no_file(monkeypatch, tmp_path):
    program = photos.PROGRAM.read_text().replace(
        "    sys.stdout.buffer.write(made)", f"    open({str(tmp_path / 'left')!r}, 'wb', 0).write(made)"
    )
    (tmp_path / "writes.py").write_text(program)
    monkeypatch.setattr(photos, "PROGRAM", tmp_path / "writes.py")
    with pytest.raises(PhotoRefused):
        reencoded(made())
    assert not (tmp_path / "left").exists() or (tmp_path / "left").stat().st_size == 0


def test_one_at_a_time_and_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(photos, "SECONDS", 0.1)
    with photos._one_at_a_time, pytest.raises(PhotosWait):
        reencoded(made())
    monkeypatch.undo()
    assert reencoded(made())
