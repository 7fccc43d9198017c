"""Letters are accessible, always the same, and never read their own texts as code."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from valinta.integrations.letters import (
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    LetterCannotBeRendered,
    LetterIncomplete,
    Paragraph,
    Table,
    render_letter,
)

LETTER = Letter(
    language="fi",
    title="Päätös henkilökohtaisesta budjetista",
    sender=["Mäntylän hyvinvointialue", "Järvikatu 1"],
    recipient=["Aino Esimerkki", "Åkerstigen 2", "67100 Karleby"],
    date="15.3.2019",
    created_at=datetime(2019, 3, 15, 9, 30, tzinfo=UTC),
    reference="D-12",
    blocks=[
        Paragraph("Budjettisi on äöåÄÖÅ€.\nToinen rivi."),
        Heading("Summat"),
        Facts([("Kausi", "1.1.2019–31.12.2019")]),
        Table(
            ["Palvelu", "Summa"],
            [["Kotihoito", "1\u00a0240,00\u00a0€"], ["Siivous", "99,90 €"]],
            frozenset({1}),
        ),
        Heading("Muutoksenhaku", 3),
        Bullets(["oikaisuvaatimus", "valitus"]),
    ],
)


def pdf(letter: Letter) -> PdfReader:
    return PdfReader(BytesIO(render_letter(letter)))


def text(letter: Letter) -> str:
    read = "\n".join(page.extract_text() for page in pdf(letter).pages)
    return read.replace("\u00a0", " ")


def saying(*blocks: Block) -> Letter:
    return replace(LETTER, blocks=blocks)


def tags(element: object) -> Iterator[str]:
    found = element.get_object() if isinstance(element, IndirectObject) else element
    if isinstance(found, DictionaryObject):
        if "/S" in found:
            yield str(found["/S"])
        yield from tags(found.get("/K"))
    elif isinstance(found, list):
        for child in found:
            yield from tags(child)


def test_a_letter_says_what_it_was_given() -> None:
    read = text(LETTER)
    for line in (
        *LETTER.sender, *LETTER.recipient, LETTER.title, "15.3.2019", "Viite: D-12", "Summat",
        "Budjettisi on äöåÄÖÅ€.", "Toinen rivi.", "Kausi: 1.1.2019–31.12.2019", "Palvelu",
        "1 240,00 €", "99,90 €", "oikaisuvaatimus", "valitus", "Sivu 1 (1)",
    ):  # fmt: skip
        assert line in read


def test_a_letter_is_tagged_titled_and_declares_the_accessible_standard() -> None:
    root = pdf(LETTER).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not None
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert pdf(LETTER).metadata.title == LETTER.title
    metadata = root["/Metadata"].get_object().get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_headings_lists_and_tables_are_tagged_as_what_they_are() -> None:
    found = list(tags(pdf(LETTER).trailer["/Root"]["/StructTreeRoot"]))
    assert [tag for tag in found if tag in ("/H1", "/H2", "/H3")] == ["/H1", "/H2", "/H3"]
    assert found.count("/Table") == 1
    assert found.count("/TH") == 2
    assert found.count("/TD") == 4
    assert found.count("/LI") >= 2
    assert "/P" in found


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "Sivu 1"), ("sv", "Sida 1"), ("en", "Page 1")]
)
def test_a_letter_declares_its_language_and_uses_its_words(language: str, word: str) -> None:
    letter = replace(LETTER, language=language)
    assert pdf(letter).trailer["/Root"]["/Lang"] == language
    assert word in text(letter)


def test_every_font_is_inside_the_file() -> None:
    fonts = pdf(LETTER).pages[0]["/Resources"]["/Font"].values()
    inner = [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts]
    assert inner
    for font in inner:
        assert "Libertinus" in font["/BaseFont"]
        assert {"/FontFile2", "/FontFile3"} & font["/FontDescriptor"].get_object().keys()


def test_the_same_letter_is_the_same_file_in_every_zone() -> None:
    elsewhere = LETTER.created_at.astimezone(timezone(timedelta(hours=2)))
    assert render_letter(LETTER) == render_letter(replace(LETTER, created_at=elsewhere))


def test_the_file_is_dated_by_the_given_moment_and_not_by_the_clock() -> None:
    assert pdf(LETTER).metadata.creation_date == LETTER.created_at


DANGEROUS = [
    '#panic("boom")', '#read("/etc/passwd")', "#let x = 1", "$ x^2 $", "[ bracket", "] #text[",
    "@reference", "<label>", "*bold*", "_emphasis_", "`code`", "= no heading", "- no list",
    "\\ backslash \\", '"quoted"', "// no comment", "/* no */", "#{", "a ~ b", "--- ...",
]  # fmt: skip


@pytest.mark.parametrize("danger", DANGEROUS)
def test_text_is_never_read_as_markup_or_code(danger: str) -> None:
    letter = replace(
        LETTER,
        title=f"T {danger}",
        reference=f"R {danger}",
        sender=[f"S {danger}"],
        recipient=[f"V {danger}"],
        blocks=[
            Paragraph(f"P {danger}"),
            Heading(f"H {danger}"),
            Facts([(f"K {danger}", f"F {danger}")]),
            Bullets([f"B {danger}"]),
            Table([f"C {danger}"], [[f"D {danger}"]]),
        ],
    )
    read = text(letter)
    for place in "TRSVPHKFBCD":
        assert f"{place} {danger}" in read
    assert pdf(letter).metadata.title == f"T {danger}"


def test_a_long_letter_numbers_its_pages_and_repeats_table_headers() -> None:
    rows: Sequence[Sequence[str]] = [[f"Käynti {number}", "10,00 €"] for number in range(100)]
    letter = saying(Table(["Palvelu", "Summa"], rows, frozenset({1})))
    pages = [page.extract_text() for page in pdf(letter).pages]
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Sivu {number} ({len(pages)})" in page
        assert "Palvelu" in page
    assert "Käynti 99" in pages[-1]


@pytest.mark.parametrize(
    "letter",
    [
        replace(LETTER, title=" "),
        replace(LETTER, blocks=[]),
        replace(LETTER, language="de"),
        replace(LETTER, created_at=LETTER.created_at.replace(tzinfo=None)),
        saying(Heading("Too deep too soon", 3)),
        saying(Heading("A second title", 1)),
        saying(Heading("")),
        saying(Table([], [])),
        saying(Table(["A", " "], [])),
        saying(Table(["A", "B"], [["1"]])),
        saying(Table(["A"], [["1"]], frozenset({1}))),
        saying(Paragraph("A\x00B")),
        saying(Paragraph("A\ud800B")),
    ],
)
def test_a_letter_that_could_not_be_accessible_is_refused(letter: Letter) -> None:
    with pytest.raises(LetterIncomplete):
        render_letter(letter)


def test_a_character_no_font_has_is_an_error_and_not_an_empty_box() -> None:
    with pytest.raises(LetterCannotBeRendered, match="could not be displayed"):
        render_letter(saying(Paragraph("Terveisin 😀")))


def test_errors_do_not_quote_what_the_letter_says_to_a_person() -> None:
    with pytest.raises(LetterIncomplete) as caught:
        render_letter(saying(Paragraph("Aino Esimerkki\x07")))
    assert "Aino" not in str(caught.value)


def test_letters_of_the_neighbours_and_of_the_sami_languages_are_shown() -> None:
    letters = "ÁČĐŊŠŦŽ áčđŋšŧž Õõ Üü Øø Ææ ẞß − – — “ ” ’ €"
    assert letters in text(saying(Paragraph(letters)))


def test_empty_cells_lines_and_references_do_not_break_a_letter() -> None:
    letter = replace(
        LETTER,
        reference="",
        sender=[],
        recipient=[],
        blocks=[Paragraph(""), Table(["A", "B"], [["", "1"]]), Bullets([]), Facts([])],
    )
    assert "Viite" not in text(letter)
