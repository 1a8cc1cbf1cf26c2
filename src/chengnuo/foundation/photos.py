"""Photos of papers: what comes in is decoded and written anew, elsewhere, so that nothing but the picture remains.

Neither place nor telephone, neither a comment nor a second file that hangs on: only what can be seen.
"""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Lock

from chengnuo.core.messages import N_
from chengnuo.foundation.apart import told
from chengnuo.foundation.reencode import TOO_LARGE
from chengnuo.foundation.refused import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2000
MEMORY = 768 * 1024 * 1024
SECONDS = 20
MOST_MADE = 8 * 1024 * 1024
MEDIA_TYPE = "image/jpeg"

PROGRAM = Path(__file__).with_name("reencode.py")
JPEG, PNG, RIFF, WEBP = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"WEBP"
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# one at a time in a process: each may take much memory for a moment
_one_at_a_time = Lock()


class PhotoRefused(Refused):
    """Nothing was kept of what was sent. Base of all that can be wrong with a photo."""

    code = "photo-refused"
    sentence = N_("This file is no photo that we can read. Nothing of it was kept.")
    remedy = N_("Take a photo of the paper with the camera and send that, or bring the paper to any counter.")


class PhotoTooLarge(PhotoRefused):
    code = "photo-too-large"
    sentence = N_("This photo is larger than we can take (10 MB, 50 million points). Nothing of it was kept.")
    remedy = N_(
        "Choose a smaller size in the camera, or send a screenshot of the photo. A counter takes the paper itself."
    )


class PhotoInHeic(PhotoRefused):
    code = "photo-in-heic"
    sentence = N_("This photo is kept in the form HEIC, which we cannot read. Nothing of it was kept.")
    remedy = N_(
        "Send a screenshot of the photo, or choose “Most compatible” in the settings of the camera under “Formats” "
        "and take it again. A counter takes the paper itself."
    )


class PhotoDamaged(PhotoRefused):
    code = "photo-damaged"
    sentence = N_("This photo is not whole, or something is wrong in it. Nothing of it was kept.")
    remedy = N_("Send it again; if that does not help, take it again. A counter takes the paper itself.")


class PhotosWait(PhotoRefused):
    code = "photos-wait"
    sentence = N_("Many photos are being read just now. Nothing of this one was kept.")
    remedy = N_("Send it again in a minute.")
    http = 503


def reencoded(photo: bytes) -> bytes:
    """A JPEG of what can be seen, upright, at most 2,000 points long. Raises PhotoRefused."""
    if len(photo) > MOST_BYTES:
        raise PhotoTooLarge
    if photo[4:8] == b"ftyp" and photo[8:12] in HEIC:
        raise PhotoInHeic
    if not (photo.startswith((JPEG, PNG)) or (photo.startswith(RIFF) and photo[8:12] == WEBP)):
        raise PhotoRefused
    if not _one_at_a_time.acquire(timeout=SECONDS):
        raise PhotosWait
    try:
        code, made = _elsewhere(photo)
    finally:
        _one_at_a_time.release()
    if code == TOO_LARGE:
        raise PhotoTooLarge
    if code or not made.startswith(JPEG) or len(made) > MOST_MADE:
        raise PhotoDamaged
    return made


def _elsewhere(photo: bytes) -> tuple[int, bytes]:
    """What the program ended with and wrote."""
    limits = map(str, (MOST_PIXELS, LONGEST_SIDE, MEMORY, SECONDS))
    return told([sys.executable, "-I", str(PROGRAM), *limits], photo, seconds=SECONDS, most=MOST_MADE)
