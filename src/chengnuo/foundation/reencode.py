"""A program of its own: reads one photo from its input and writes it anew, as nothing but a picture.

    python -I reencode.py MOST_PIXELS LONGEST_SIDE MEMORY SECONDS < photo > picture.jpg

It knows nothing of us and has no secret: whoever takes it over through a crafted photo holds a process that may write no
file and has seconds to live. Exit codes: 0 written, 3 too large, 4 not to be read.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings

from PIL import ExifTags, Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82
TOO_LARGE, UNREADABLE = 3, 4


def main() -> int:
    most, longest, memory, seconds = map(int, sys.argv[1:])
    limits = {"AS": memory, "CPU": seconds, "FSIZE": 0, "CORE": 0}
    for name, limit in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
    Image.MAX_IMAGE_PIXELS = most
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        made = reencoded(sys.stdin.buffer.read(), longest)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return TOO_LARGE
    except Exception:  # noqa: BLE001  # a broken photo raises whatever it likes
        return UNREADABLE
    sys.stdout.buffer.write(made)
    return 0


def reencoded(photo: bytes, longest: int) -> bytes:
    """A JPEG of the picture alone, upright, on white; its first frame where it moves."""
    with Image.open(io.BytesIO(photo), formats=FORMATS) as found:
        found.draft("RGB", (longest, longest))  # a JPEG is decoded no larger than it is needed
        found.load()
        shown = found if found.mode in {"RGB", "RGBA", "L", "LA"} else _in_colours(found)
        turned = found.getexif().get(ExifTags.Base.Orientation)
        shown.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        # a new picture carries no comment, profile or thumbnail over
        flat = Image.new("RGB", shown.size, "white")
        if shown.has_transparency_data:
            shown = shown.convert("RGBA")
            flat.paste(shown, mask=shown.getchannel("A"))
        else:
            flat.paste(shown.convert("RGB"))
        flat.getexif()[ExifTags.Base.Orientation] = turned
        out = io.BytesIO()
        ImageOps.exif_transpose(flat).save(out, "JPEG", quality=QUALITY, optimize=True, exif=b"")
        return out.getvalue()


def _in_colours(found: Image.Image) -> Image.Image:
    """A picture whose points are no colours yet: a palette, ink, or grey of sixteen bits, which would all turn white."""
    if found.mode.startswith("I"):
        return found.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return found.convert("RGBA" if found.has_transparency_data else "RGB")


if __name__ == "__main__":
    sys.exit(main())
