"""A key that was typed wrongly is told together with the one that was perhaps meant."""

import pytest

from chengnuo.policies.sheet import Sheet, Unfit, texts


def asked(data, *keys):
    """Takes these keys, or looks whether they are there where they begin with `?`; then closes."""
    sheet = Sheet("file.yaml", data)
    for key in keys:
        sheet.take(key, str, "…") if key[0] != "?" else key[1:] in sheet
    sheet.close()


def refused(data, *keys):
    with pytest.raises(Unfit) as error:
        asked(data, *keys)
    return error.value


@pytest.mark.parametrize(
    ("data", "keys", "instead"),
    [
        ({"titel": "a"}, ["title"], "title: …, where titel stands"),
        ({"x": "a"}, ["title"], "title: …"),
        ({"title": "a", "titles": "b"}, ["title"], "title"),
        ({"paramters": "a"}, ["?parameters"], "parameters"),
        ({"title": "a", "colour": "b"}, ["title"], "nothing, or the key that was meant"),
    ],
)
def test_the_nearest_key_is_said(data, keys, instead):
    assert refused(data, *keys).instead == instead


def test_where_the_key_stands_is_said():
    assert refused({"titel": "a"}, "title").where == "file.yaml › title"


def test_a_sheet_of_which_everything_was_taken_closes():
    sheet = Sheet("file.yaml", {"title": "a"})
    assert sheet.take("title", str, "…") == "a"
    sheet.close()


def sentences(tmp_path, text):
    file = tmp_path / "phrases.yaml"
    file.write_text(text, encoding="utf-8")
    return texts(file)


def test_sentences_keep_the_spaces_with_which_they_are_joined(tmp_path):
    said = sentences(tmp_path, 'comma: {hans: "，", hant: "，", en: ", "}\nfold:\n  {hans: 一, hant: 一, en: one}\n')
    assert (said["comma"].en, said["fold"].en) == (", ", "one")


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("yes: {hans: 是, hant: 是, en: y}", "True: is missing"),
        ("end: {hans: 完, hant: 完}", "en: is missing"),
        ("end: {hans: 完, hant: 完, en: '  '}", "has no words for en"),
        ("end: {hans: 完, hant: 完, en: end, fr: fin}", "fr: is not a key here"),
        ("end: done", "It has to be a dict"),
    ],
)
def test_a_sentence_that_cannot_stand_is_refused(tmp_path, line, refusal):
    with pytest.raises(Unfit, match=refusal):
        sentences(tmp_path, line)
