# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools", "opencc-python-reimplemented"]
# ///
"""Makes the font of printed papers from the Debian package `fonts-noto-cjk` (SIL Open Font License 1.1).

    python tools/subset_font.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

Kept: Latin, punctuation, the 6,763 characters of GB 2312 with their traditional forms, the 5,401 common ones of Big5, and every character
of the policy packs and of the catalogues of words. Run it again after either has changed; a test says when it must be.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import opencc
from fontTools import subset
from fontTools.ttLib import TTFont

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "chengnuo"
MADE = PACKAGE / "web" / "paper" / "fonts" / "ChengnuoSans-Regular.otf"
FAMILY = "Chengnuo Sans"
SIMPLIFIED_CHINESE = 2  # the third face of the collection
GB_2312 = ("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
BIG5_COMMON = ("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
FIRST_OF_HAN = 0x2E80
UNIFIED_HAN = range(0x4E00, 0xA000)
RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x203B), (0x3000, 0x301F), (0xFF01, 0xFF5E))
SIGNS = "℃①②③④⑤⑥⑦⑧⑨⑩←→↑↓√×÷≤≥□■○●◇☎№"
NAMES = {1: FAMILY, 3: "ChengnuoSans-Regular", 4: FAMILY, 6: "ChengnuoSans-Regular", 16: FAMILY}


def standard(encoding: str, rows: Iterable[int], cells: Iterable[int]) -> set[str]:
    """The Chinese characters that an encoding has in these rows."""
    pairs = product(rows, cells)
    found = {bytes(pair).decode(encoding, errors="ignore") for pair in pairs}
    return {sign for sign in found if len(sign) == 1 and ord(sign) in UNIFIED_HAN}


def written(paths: Iterable[Path]) -> set[str]:
    """Every character that stands in these files."""
    return {sign for path in paths for sign in path.read_text(encoding="utf-8")}


def spoken() -> set[str]:
    """What the papers may have to say: the packs' texts and names, and the translated sentences."""
    packs = [path for path in (PACKAGE / "policies").rglob("*") if path.suffix in {".yaml", ".csv"}]
    return written([*packs, *(PACKAGE / "web" / "locale").rglob("*.po")])


def wanted() -> set[str]:
    simplified = standard(*GB_2312) | {sign for sign in spoken() if ord(sign) >= FIRST_OF_HAN}
    traditional = set(opencc.OpenCC("s2t").convert("".join(sorted(simplified))))
    ranges = {chr(sign) for first, last in RANGES for sign in range(first, last + 1)}
    return simplified | traditional | standard(*BIG5_COMMON) | ranges | set(SIGNS)


def make(source: Path) -> int:
    """Writes the font; returns how many characters it has."""
    options = subset.Options(layout_features=["kern", "palt", "halt"], hinting=False, desubroutinize=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
    font = TTFont(source, fontNumber=SIMPLIFIED_CHINESE)
    there = {chr(code) for code in font.getBestCmap()}
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted() & there)))
    subsetter.subset(font)
    for record in font["name"].names:
        record.string = NAMES.get(record.nameID, record.toUnicode())
    font["CFF "].cff.fontNames[0] = NAMES[6]
    font.save(MADE)
    return len(font.getBestCmap())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    count = make(parser.parse_args().source)
    print(f"{MADE.name}: {count} characters, {MADE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
