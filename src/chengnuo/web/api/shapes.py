"""The shapes that several answers share."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Schema

from chengnuo.core.text3 import Text3


class Text(Schema):
    """A name or sentence in three scripts."""

    hans: str
    hant: str
    en: str


def text(said: Text3) -> Text:
    return Text(hans=said.hans, hant=said.hant, en=said.en)


Cursor = Annotated[
    str, Query(max_length=600, description="`next` of the page before; one that does not fit begins at the front")
]


class Limit(Schema):
    """A time limit: the rule as it is written, and the sentence in the language of the call."""

    rule: str
    words: str
