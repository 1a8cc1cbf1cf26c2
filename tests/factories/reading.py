"""A page as its reader meets it: the words it shows and in which language, its headings, and fields without a label."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "title", "textarea", "svg", "code"}
FIELDS = {"input", "select", "textarea"}
SPOKEN = ("alt", "aria-label", "placeholder", "data-label")


@dataclass
class Seen:
    """`words` are the texts in the page's own language; a part that names another language is left to that one."""

    lang: str = ""
    title: str = ""
    h1: int = 0
    words: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    fields: list[dict[str, str]] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "\n".join(self.words)

    @property
    def unlabelled(self) -> list[str]:
        return [
            each.get("name", "?")
            for each in self.fields
            if each.get("type") not in ("hidden", "submit")
            and not each.get("aria-label")
            and each.get("id") not in self.labelled
            and each.get("aria-labelledby", "-") not in self.ids
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self.inside: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        seen, lang = self.seen, said.get("lang", self.lang)
        if tag == "html":
            seen.lang = lang
        seen.h1 += tag == "h1"
        seen.ids += [said["id"]] if "id" in said else []
        if tag in FIELDS:
            seen.fields.append(said)
        if tag == "label" and "for" in said:
            seen.labelled.add(said["for"])
        if lang == seen.lang:
            seen.words += [said[name] for name in SPOKEN if said.get(name)]
        if tag not in VOID:
            self.inside.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        tags = {tag for tag, _lang in self.inside}
        if "title" in tags and "svg" not in tags:
            self.seen.title += text
        if text and not tags & SILENT and self.lang == self.seen.lang:
            self.seen.words.append(text)

    @property
    def lang(self) -> str:
        return self.inside[-1][1] if self.inside else ""


def read(html: str) -> Seen:
    reader = _Reader()
    reader.feed(html)
    return reader.seen
