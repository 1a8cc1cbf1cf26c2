"""Photos as telephones make them, and what only looks like one."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from PIL import Image, PngImagePlugin

from chengnuo.cases.models import Case, Photo
from chengnuo.cases.operations.photos import add_photo
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models import StoredFile
from tests.factories import cases

SECRET = b"OF-A-PERSON"  # stands in everything that hides in a photo
KINDS = ("JPEG", "PNG", "WEBP")
GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112


@cache
def made(kind: str = "JPEG", size: tuple[int, int] = (64, 48), *, turned: int = 1) -> bytes:
    """A picture, blue on the left and red on the right, with all that can hide in it."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = SECRET.decode(), turned
    exif[GPS] = {1: "N", 2: (31.0, 20.0, 5.0), 29: SECRET.decode()}
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", SECRET.decode())
    hidden = {
        "JPEG": {"comment": SECRET, "icc_profile": SECRET, "xmp": SECRET},
        "PNG": {"pnginfo": texts, "icc_profile": SECRET},
        "WEBP": {"icc_profile": SECRET, "xmp": SECRET, "lossless": True},
    }
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, **hidden[kind])
    return out.getvalue()


def opened(photo: bytes) -> Image.Image:
    return Image.open(io.BytesIO(photo))


def vast_png(width: int, height: int) -> bytes:
    """A picture of any number of points in a small file."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packer = zlib.compressobj(9)
    row = bytes(1 + width // 8 + bool(width % 8))
    lines = b"".join([packer.compress(row * 1000) for _ in range(height // 1000)] + [packer.flush()])
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@dataclass
class Upload:
    """A file in a form of the test's browser: read as often as it is sent."""

    content: bytes
    name: str = "王桂兰的户口簿.jpg"
    content_type: str = "image/jpeg"

    def read(self) -> bytes:
        return self.content


def paper() -> Upload:
    return Upload(made())


def add(case: Case, *, item: int = 0, post: str = "", photo: bytes = b"", **said: object) -> Photo:
    """A photo sent by the family, or by whoever holds a post."""
    at = said.pop("at", cases.county.MONDAY)
    by = post or resident(case.pk)
    before = set(Photo.objects.values_list("pk", flat=True))
    cases.does(add_photo, case, by, at=at, item=item, photo=photo or made(), **said)
    return Photo.objects.select_related("file").exclude(pk__in=before).get()


def row_of(case: UUID, post: str = cases.DESK) -> UUID:
    """The row of a photo without its picture, sent by whoever holds the post."""
    file = StoredFile.objects.create(
        owner_kind="case", owner_id=case, digest="00" * 32, size=1, media_type="image/jpeg", at=cases.county.MONDAY
    )
    Photo.objects.create(file=file, case_id=case, item=0, post_id=cases.post_of(post))
    return file.pk
