"""The printed papers: one page each, in three languages, archival, with the code to read and no name in what is not seen."""

from __future__ import annotations

import io
from uuid import uuid4

import pypdf
import pytest
from django.conf import settings
from django.utils import translation
from fontTools.ttLib import TTFont

from chengnuo.cases import queries
from chengnuo.cases.models import Case
from chengnuo.cases.operations import handle
from chengnuo.cases.operations.receive import complain, receive
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.receipts import receipt_code
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.casework import papers
from chengnuo.web.casework.receipts import receipt_of
from chengnuo.web.square import square_of
from chengnuo.web.words import in_fours
from tests.factories import county
from tools.subset_font import MADE, RANGES, spoken

LANGUAGES = ("zh-hans", "zh-hant", "en")
NAME = "欧阳桂兰"


def read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def text_of(made: bytes) -> str:
    return " ".join(page.extract_text() for page in read(made).pages)


def asked(service: str = "village-proof") -> Case:
    begun = receive(
        promise=county.service(service),
        village=county.village().pk,
        person=county.person(NAME),
        details="要一份证明",
        by=county.officer(f"{county.VILLAGE}.desk"),
        at=county.MONDAY,
        key=uuid4(),
    )
    return queries.seen(resident(begun.case.pk), begun.case.pk)


def slip(case: Case) -> bytes:
    return papers.slip(receipt_of(case, viewer=resident(case.pk), now=county.MONDAY), at=county.MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_is_one_page_with_the_code_the_office_and_the_day(language):
    case = asked()
    with translation.override(language):
        made = slip(case)
        expected = [in_fours(receipt_code(case.pk)), case.number, str(case.office), str(case.promise.title)]
    assert len(read(made).pages) == 1
    text = text_of(made)
    assert [part for part in expected if part not in text] == []
    assert settings.PUBLIC_ADDRESS + "/follow/" in text


@pytest.mark.django_db
def test_nothing_that_is_not_seen_names_anybody():
    case = asked()
    with translation.override("en"):
        made = slip(case)
    reader = read(made)
    hidden = str(dict(reader.metadata)) + (
        reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else ""
    )
    code = receipt_code(case.pk)
    assert reader.metadata.title == "Receipt"
    assert not [word for word in (NAME, "演示", code, in_fours(code), case.number, "10012345678") if word in hidden]
    assert NAME not in text_of(made)
    assert "10012345678" not in text_of(made)


@pytest.mark.django_db
def test_it_can_be_kept_for_decades_and_read_aloud():
    """PDF/A-2a and PDF/UA-1 as the file itself states; its fonts are inside."""
    with translation.override("zh-hant"):
        reader = read(slip(asked()))
    stated = reader.xmp_metadata.stream.get_data().decode()
    assert "pdfaid:part>2<" in stated
    assert "pdfaid:conformance>A<" in stated
    assert "pdfuaid:part>1<" in stated
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-TW"
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    inside = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert inside
    assert all("/FontFile3" in descriptor.get_object() for descriptor in inside)


@pytest.mark.django_db
def test_the_square_holds_the_public_address_only():
    case = asked()
    receipt = receipt_of(case, viewer=resident(case.pk), now=county.MONDAY)
    address = settings.PUBLIC_ADDRESS + "/follow/"
    assert papers.said_on_slip(receipt, at=county.MONDAY)["qr"] == square_of(address).svg


@pytest.mark.django_db
def test_what_people_wrote_is_text_and_never_markup():
    case = asked("dibao")
    holder = f"{county.VILLAGE}.desk"
    hostile = ["#panic()", "*b* _i_ `c` $x$ <l> @r", ']) #import "/etc"', "\\u{41} // gone", "= 大标题"]
    handle.ask_once(case=case.pk, missing=hostile, words="", by=county.officer(holder), at=county.MONDAY, key=uuid4())
    made = slip(queries.seen(resident(case.pk), case.pk))
    text = text_of(made)
    assert [item for item in hostile if item not in text] == []


@pytest.mark.django_db
def test_a_long_list_still_stands_on_the_slip():
    case = asked("dibao")
    items = [f"第{number}项材料的复印件和原件，以及单位的说明" for number in range(40)]
    handle.ask_once(
        case=case.pk,
        missing=items,
        words="",
        by=county.officer(f"{county.VILLAGE}.desk"),
        at=county.MONDAY,
        key=uuid4(),
    )
    made = slip(queries.seen(resident(case.pk), case.pk))
    assert "第39项" in text_of(made).replace(" ", "")


@pytest.mark.django_db
def test_a_complaints_slip_says_nothing_of_its_subject_in_the_title():
    village = county.officer(f"{county.VILLAGE}.desk").hats[0].office
    begun = complain(
        about=village,
        case=None,
        person=county.person(""),
        details="跑了三趟",
        by=visitor(),
        at=county.MONDAY,
        key=uuid4(),
    )
    case = queries.seen(resident(begun.case.pk), begun.case.pk)
    with translation.override("en"):
        text = text_of(slip(case))
    assert "Complaint" in text
    assert "never sees it" in text
    assert "三趟" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_service_has_a_blank_form_of_one_page(language):
    services = PromiseVersion.objects.filter(promise__kind="service", status="published")
    pages = {}
    with translation.override(language):
        for version in services:
            made = papers.blank_form(version, at=county.MONDAY)
            pages[version.promise.key] = len(read(made).pages)
    assert len(pages) > 20
    assert {key: count for key, count in pages.items() if count != 1} == {}


@pytest.mark.django_db
def test_a_blank_form_asks_for_no_more_than_the_pages_do():
    version = PromiseVersion.objects.get(pk=county.service("dibao"))
    with translation.override("en"):
        text = text_of(papers.blank_form(version, at=county.MONDAY))
    for said in (
        "Apply for the minimum living guarantee",
        "Identity card",
        "30 working days",
        "Telephone (may stay empty)",
        "Call me if there",
    ):
        assert said in text, said
    assert "ID number" not in text


def test_the_font_holds_what_packs_and_catalogues_say():
    """When it fails: run tools/subset_font.py again."""
    held = {chr(code) for code in TTFont(MADE).getBestCmap()}
    needed = {sign for sign in spoken() if sign.isprintable() and ord(sign) < 0x1F000}
    assert sorted(needed - held) == []
    assert {chr(code) for first, last in RANGES[:1] for code in range(first, last + 1)} <= held


def test_the_font_is_small_free_and_of_its_own_name():
    assert MADE.stat().st_size <= 3_000_000
    names = TTFont(MADE)["name"]
    assert names.getDebugName(1) == "Chengnuo Sans"
    assert "SIL Open Font License" in names.getDebugName(13)
    assert "SIL OPEN FONT LICENSE" in (MADE.parent / "OFL.txt").read_text(encoding="utf-8")
