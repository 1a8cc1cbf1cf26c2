"""Verifies the open layer of an archive volume as an outsider: one file, Python 3.9 or newer, no network.

    python3 verify_volume.py VOLUME [--heads FILE …] [--language zh-hans|zh-hant|en]

VOLUME is a folder or a zip (BagIt, RFC 8493). verify.py has to lie beside this file: it knows the log. --heads are heads that somebody
kept, one of the volume's own size among them: without it nobody can tell whether volume and log were made anew together. Answers 0 when all is in order, else 1, and says
which item is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import re
import stat
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parent))
Json = dict[str, Any]
MOST_FILES, MOST_BYTES, LARGEST, LARGEST_TAG = 20_000, 8 << 30, 2 << 30, 16 << 20
MOST_SMALLER = 200  # times that a file may grow when it is unpacked
PIECE = 1 << 20
LONGEST = 240  # characters of a path
DIGESTS = ("sha256", "sha512")
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAGS = {"bagit.txt", "bag-info.txt", *(f"{kind}manifest-{digest}.txt" for kind in ("", "tag") for digest in DIGESTS)}
CATALOGUE, PROOFS = "data/catalogue.json", "data/proofs.json"
LINE = re.compile(r"([0-9a-f]+)[ \t]+([^\r\n]+)")
ESCAPED = re.compile("%(?:0A|0D|25)", re.IGNORECASE)  # nothing else is (RFC 8493, 2.1.3)
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
TROUBLE = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError, zipfile.BadZipFile, EOFError, NotImplementedError)  # fmt: skip
SENTENCES = {
    "unreadable": ("读不了：{what}。", "讀不了：{what}。", "This cannot be read: {what}."),
    "unsafe": ("{what}：文件名不安全，拒绝。", "{what}：檔名不安全，拒絕。", "{what}: this name is not safe. Refused."),
    "link": ("{what}：是链接或特殊文件，拒绝。", "{what}：是連結或特殊檔案，拒絕。", "{what}: a link or no ordinary file. Refused."),
    "bomb": ("{what}：太大，或者压缩得不合常理，拒绝。", "{what}：太大，或者壓縮得不合常理，拒絕。", "{what}: too large, or packed beyond reason. Refused."),
    "declared": ("bagit.txt 不是这种档案包的声明。", "bagit.txt 不是這種檔案包的聲明。", "bagit.txt does not declare such a bag."),
    "missing": ("{what}：缺少这个文件。", "{what}：缺少這個檔案。", "{what}: this file is missing."),
    "additional": ("{what}：多出来的文件，清单里没有。", "{what}：多出來的檔案，清單裡沒有。", "{what}: an additional file, in no manifest."),
    "changed": ("{what}：内容与清单（{how}）不符，被改动过。", "{what}：內容與清單（{how}）不符，被改動過。", "{what}: not what the manifest ({how}) says. It was changed."),
    "manifest": ("{what}：清单写得不对。", "{what}：清單寫得不對。", "{what}: the manifest is not written as it has to be."),
    "oxum": ("bag-info.txt 的总数与文件不符。", "bag-info.txt 的總數與檔案不符。", "The sum in bag-info.txt is not that of the files."),
    "catalogue": ("卷内目录写得不对：{what}。", "卷內目錄寫得不對：{what}。", "The catalogue is not written as it has to be: {what}."),
    "replaced": ("{what}：不是目录所说的那份文件，被换过。", "{what}：不是目錄所說的那份檔案，被換過。", "{what}: not the document of the catalogue. It was replaced."),
    "pages": ("{what}：目录说 {said} 页，实有 {found} 页。", "{what}：目錄說 {said} 頁，實有 {found} 頁。", "{what}: {said} pages in the catalogue, {found} in the file."),
    "gap": ("{what}：目录缺号，没有说明。", "{what}：目錄缺號，沒有說明。", "{what}: missing from the catalogue without a word."),
    "unlisted": ("{what}：目录里没有这份文件。", "{what}：目錄裡沒有這份檔案。", "{what}: in no line of the catalogue."),
    "unproved": ("{what}：没有存证日志的证明。", "{what}：沒有存證日誌的證明。", "{what}: no proof in the log."),
    "proof": ("{what}：与存证日志不符，被换过，或者证明不对。", "{what}：與存證日誌不符，被換過，或者證明不對。", "{what}: not what the signed log says. It was replaced, or its proof is wrong."),
    "head": ("存证日志的树头：{what}", "存證日誌的樹頭：{what}", "The head of the log: {what}"),
    "alone": ("verify.py 不在旁边，日志证明没有核对。", "verify.py 不在旁邊，日誌證明沒有核對。", "verify.py does not lie beside this file: the proofs were not checked."),
}  # fmt: skip
ITEM = ("第{number}件（{title}）", "第{number}件（{title}）", "Item {number} ({title})")
NOT_KEPT = (
    "您没有给出别人保存的、与本卷同样大小的树头：整卷连同日志是否被重造，无从知道。",
    "您沒有給出別人保存的、與本卷同樣大小的樹頭：整卷連同日誌是否被重造，無從知道。",
    "You gave no head of this very size that somebody kept: whether volume and log were made anew together cannot be known.",
)
VERDICT = (("全部无误。", "全部無誤。", "All of this is in order."), ("有错", "有錯", "WRONG"))
LANGUAGES = ("zh-hans", "zh-hant", "en")


class Wrong(NamedTuple):
    """A sentence, and what it is about: an item, a file or words."""

    key: str
    facts: Json

    def said(self, language: int, items: dict[str, Json]) -> str:
        facts = {name: shown(value) for name, value in self.facts.items()}
        if item := items.get(str(self.facts.get("what"))):
            facts["what"] = ITEM[language].format(
                number=item["number"], title=shown(item["title"][("hans", "hant", "en")[language]])
            )
        return SENTENCES[self.key][language].format(**facts)


class Refused(Exception):
    """Nothing more is read."""

    def __init__(self, key: str, what: str) -> None:
        super().__init__(key)
        self.wrong = Wrong(key, {"what": what})


def shown(value: Any) -> str:
    """Without signs that would write over what stands before them."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(value))[:200]


class Bag:
    """The files of a folder or a zip: sizes known before anything is read, nothing unpacked to a disk."""

    def __init__(self, path: Path) -> None:
        self.sizes: dict[str, int] = {}
        self.openers: dict[str, Callable[[], Any]] = {}
        if path.is_dir():
            self._folder(path)
        else:
            self._zip(path)
        folded: set[str] = set()
        for name, size in self.sizes.items():
            if unsafe(name) or unicodedata.normalize("NFC", name).casefold() in folded:
                raise Refused("unsafe", name)
            folded.add(unicodedata.normalize("NFC", name).casefold())
            if size > (LARGEST if name.startswith("data/items/") else LARGEST_TAG):
                raise Refused("bomb", name)
        if len(self.sizes) > MOST_FILES or sum(self.sizes.values()) > MOST_BYTES:
            raise Refused("bomb", path.name)

    def _folder(self, path: Path) -> None:
        for folder, below, names in os.walk(path):
            for name in [*below, *names]:
                each = Path(folder, name)
                mode = each.lstat().st_mode
                said = each.relative_to(path).as_posix()
                if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                    raise Refused("link", said)
                if stat.S_ISREG(mode):
                    self.sizes[said], self.openers[said] = each.stat().st_size, partial(each.open, "rb")

    def _zip(self, path: Path) -> None:
        if path.stat().st_size > MOST_BYTES:
            raise Refused("bomb", path.name)
        packed = zipfile.ZipFile(path)
        parts = packed.infolist()
        if len(parts) > MOST_FILES:
            raise Refused("bomb", path.name)
        for part in parts:
            name, mode = part.filename, part.external_attr >> 16
            if unsafe(name.rstrip("/")) or part.orig_filename != name or name in self.sizes:
                raise Refused("unsafe", name)
            if not name.isascii() and not part.flag_bits & 0x800:
                raise Refused("unsafe", name)
            if part.flag_bits & 1 or (stat.S_IFMT(mode) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))):
                raise Refused("link", name)
            if part.file_size > PIECE and part.file_size > MOST_SMALLER * max(part.compress_size, 1):
                raise Refused("bomb", name)
            if not part.is_dir():
                self.sizes[name], self.openers[name] = part.file_size, partial(packed.open, part)

    def pieces(self, name: str) -> Iterator[bytes]:
        """What a file holds; never more than was announced."""
        left = self.sizes[name]
        stream: BinaryIO
        with self.openers[name]() as stream:
            while piece := stream.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise Refused("bomb", name)
                yield piece

    def bytes_of(self, name: str) -> bytes:
        if self.sizes.get(name, 0) > LARGEST_TAG:
            raise Refused("bomb", name)
        return b"".join(self.pieces(name)) if name in self.sizes else b""


def unsafe(name: str) -> bool:
    parts = name.split("/")
    bad = any(part in {"", ".", ".."} or part != part.strip() or part.endswith(".") for part in parts)
    odd = any(not sign.isprintable() or sign in '\\:*?"<>|~' for sign in name)
    return bad or odd or name != unicodedata.normalize("NFC", name) or len(name) > LONGEST


class Check:
    """Everything that is wrong with a bag, each as a sentence; a file of the catalogue is told by its item."""

    def __init__(self, bag: Bag, papers: list[Json]) -> None:
        self.bag, self.papers = bag, papers
        self.is_compared = False
        self.items: dict[str, Json] = {}
        self.listed: list[Json] = []
        self.found: dict[str, Json] = {}
        for name in bag.sizes:
            digests = {digest: hashlib.new(digest) for digest in DIGESTS}
            for piece in bag.pieces(name):
                for digest in digests.values():
                    digest.update(piece)
            self.found[name] = {kind: digest.hexdigest() for kind, digest in digests.items()}

    def all(self) -> Iterator[Wrong]:
        yield from self.catalogue()
        if self.bag.bytes_of("bagit.txt") != DECLARED:
            yield Wrong("declared", {})
        for digest in DIGESTS:
            yield from self.manifest(f"manifest-{digest}.txt", digest, {n for n in self.found if n.startswith("data/")})
            rest = {n for n in self.found if not n.startswith(("data/", "tagmanifest-"))}
            yield from self.manifest(f"tagmanifest-{digest}.txt", digest, rest)
        for name in sorted({n for n in self.found if not n.startswith("data/")} - TAGS):
            yield Wrong("additional", {"what": name})
        yield from self.oxum()
        yield from self.documents()
        yield from self.proofs()

    def manifest(self, name: str, digest: str, files: set[str]) -> Iterator[Wrong]:
        """Both ways: what it names is there and the same, and what is there it names."""
        if name not in self.found:
            yield Wrong("missing", {"what": name})
            return
        said: dict[str, str] = {}
        for line in self.bag.bytes_of(name).decode("utf-8").removesuffix("\n").split("\n"):
            match = LINE.fullmatch(line)
            path = ESCAPED.sub(lambda sign: unquote(sign[0]), match[2]) if match else ""
            if not match or path in said or unsafe(path):
                yield Wrong("manifest", {"what": name})
            else:
                said[path] = match[1]
        for path in sorted(files | set(said)):
            if path not in self.found:
                yield Wrong("missing", {"what": path})
            elif path not in said:
                yield Wrong("additional", {"what": path})
            elif path not in files or said[path] != self.found[path][digest]:
                yield Wrong("changed", {"what": path, "how": digest})

    def oxum(self) -> Iterator[Wrong]:
        data = [size for name, size in self.bag.sizes.items() if name.startswith("data/")]
        line = f"Payload-Oxum: {sum(data)}.{len(data)}"
        if line not in self.bag.bytes_of("bag-info.txt").decode("utf-8").splitlines():
            yield Wrong("oxum", {})

    def catalogue(self) -> Iterator[Wrong]:
        if CATALOGUE not in self.found:
            yield Wrong("missing", {"what": CATALOGUE})
            return
        said = json.loads(self.bag.bytes_of(CATALOGUE).decode("utf-8"))
        self.listed = said["items"]
        for item in self.listed:
            self.items[f"#{item['number']}"] = item
            if item["file"]:
                self.items[f"data/{item['file']}"] = item
        numbers = [item["number"] for item in self.listed]
        if said["schema"] != "chengnuo.volume/1" or numbers != sorted(set(numbers)) or not numbers:
            yield Wrong("catalogue", {"what": CATALOGUE})
        known = {*numbers, *(gap["number"] for gap in said["gaps"])}
        if max(known, default=0) > MOST_FILES:
            raise Refused("catalogue", CATALOGUE)
        for number in sorted(set(range(1, max(known, default=0) + 1)) - known):
            yield Wrong("gap", {"what": f"#{number}"})

    def documents(self) -> Iterator[Wrong]:
        """The catalogue against the files."""
        for item in self.listed:
            what, name = f"#{item['number']}", f"data/{item['file']}"
            if item["layer"] == "sealed" and not item["file"]:
                continue
            if item["layer"] != "open" or not name.startswith("data/items/"):
                yield Wrong("catalogue", {"what": what})
            if name not in self.found:
                yield Wrong("missing", {"what": what})
                continue
            if self.found[name]["sha256"] != item["sha256"]:
                yield Wrong("replaced", {"what": what})
            found = pages_in(name, b"".join(self.bag.pieces(name)))
            if found not in (0, item["pages"]):
                yield Wrong("pages", {"what": what, "said": item["pages"], "found": found})
        files = {name for name in self.found if name.startswith("data/items/")}
        for name in sorted(files - {f"data/{item['file']}" for item in self.listed}):
            yield Wrong("unlisted", {"what": name})

    def proofs(self) -> Iterator[Wrong]:
        """Every item stands in the log under its number and hash, and the head of each proof is signed."""
        try:
            log = importlib.import_module("verify")
        except ImportError:
            yield Wrong("alone", {})
            return
        said = json.loads(self.bag.bytes_of(PROOFS).decode("utf-8") or "{}")
        proofs, head = {each["item"]: each for each in said["proofs"]}, said["head"]
        whole = {"number": 0, "sha256": self.found[CATALOGUE]["sha256"]}
        for item in [whole, *self.listed]:
            what = {"what": f"#{item['number']}" if item["number"] else CATALOGUE}
            if item["number"] not in proofs:
                yield Wrong("unproved", what)
            elif not stands(log, item, proofs[item["number"]], head):
                yield Wrong("proof", what)
        yield from self.head(log, said, head)

    def head(self, log: Any, said: Json, head: Json) -> Iterator[Wrong]:
        """Signed by a key of the kept heads; by one that the volume itself brings where there are none."""
        kept = list(log.inside(self.papers))
        other = [each for each in kept if (each.get("epoch"), each.get("size")) == (head["epoch"], head["size"])]
        self.is_compared = bool(other)
        if any(each["root"] != head["root"] for each in other if "root" in each):
            yield Wrong("head", {"what": head["root"]})
        verifier = log.Verifier([*kept, head] if kept else [{"keys": said["keys"]}, head], [])
        verifier.follow_keys()
        for sentence in verifier.check_heads():
            yield Wrong("head", {"what": sentence})


def stands(log: Any, item: Json, proof: Json, head: Json) -> bool:
    entry = proof["entry"]
    line = hashlib.sha256(log.canonical(item)).hexdigest()
    said = {"item": str(item["number"]), "line": line, "sha256": item["sha256"]}
    if {name: entry["public"].get(name) for name in said} != said:
        return False
    leaf, path = bytes.fromhex(log.leaf_of(entry)), [bytes.fromhex(each) for each in proof["hashes"]]
    inside = 0 <= proof["index"] < head["size"]
    return inside and bool(log.root_by_proof(leaf, proof["index"], head["size"], path).hex() == head["root"])


def pages_in(name: str, content: bytes) -> int:
    """0: nobody can tell."""
    if name.endswith(".txt"):
        return content.count(b"\f") + 1
    if name.endswith((".jpg", ".png")):
        return 1
    return len(PAGE.findall(content)) if name.endswith(".pdf") else 0


def verified(path: Path, papers: list[Json]) -> tuple[list[Wrong], dict[str, Json], bool]:
    """What is wrong, the items by their names, and whether a head that somebody kept is of this very size: only then is it compared."""
    wrong: list[Wrong] = []
    check = None
    try:
        check = Check(Bag(path), papers)
        wrong.extend(check.all())  # what was found before a trouble stays
    except Refused as refused:
        wrong.append(refused.wrong)
    except TROUBLE as trouble:
        wrong.append(Wrong("unreadable", {"what": repr(trouble)}))
    items, is_compared = (check.items, check.is_compared) if check else ({}, False)
    return list({repr(each): each for each in wrong}.values()), items, is_compared


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Verifies an archive volume as an outsider.")
    parser.add_argument("volume", type=Path, help="a folder or a zip")
    parser.add_argument("--heads", nargs="+", default=[], metavar="FILE", type=Path, help="heads that you kept")
    parser.add_argument("--language", choices=LANGUAGES)
    asked = parser.parse_args(arguments)
    languages = [LANGUAGES.index(asked.language)] if asked.language else [0, 1, 2]
    try:
        papers = [json.loads(file.read_text(encoding="utf-8")) for file in asked.heads]
        wrong, items, is_compared = verified(asked.volume, papers)
    except TROUBLE as trouble:
        wrong, items, is_compared = [Wrong("unreadable", {"what": repr(trouble)})], {}, False
    for language in languages:
        lines = [each.said(language, items) for each in wrong[:20]]
        print(*lines, *([] if is_compared else [NOT_KEPT[language]]), VERDICT[bool(wrong)][language], sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
