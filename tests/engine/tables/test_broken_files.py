"""Broken files end in people or in one clear sentence, never in anything else."""

import csv
import io
import zipfile
from collections.abc import Sequence
from time import perf_counter

import pytest
import xlsxwriter
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lodestar.engine.tables.columns import recognise
from lodestar.engine.tables.layout import ANSWER_WORDS
from lodestar.engine.tables.problems import SENTENCES, Problem, TableError
from lodestar.engine.tables.reading import Table, read_table
from lodestar.engine.tables.summary import Summary, summary_of
from lodestar.engine.tables.vocabulary import plain_heading
from tests.tried_on import tried_on

HEADING = "First name,Last name,Email,City\n"


def tried(content: bytes) -> Summary:
    table = read_table(content, "people.csv")
    return summary_of(table, recognise(table))


def refusal(content: bytes) -> Problem:
    with pytest.raises(TableError) as caught:
        tried(content)
    return caught.value.problem


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def workbook(rows: Sequence[Sequence[object]], *, empty_first: bool = False) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        if empty_first:
            book.add_worksheet("Notes")
        sheet = book.add_worksheet("People")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


WHOLE_FILES = {
    "nothing": (b"", "empty"),
    "only blanks": (b" \r\n\t\r\n", "empty"),
    "only separators": (b",,,\n,,,\n", "empty"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "not_a_table"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "not_a_table"),
    "a zip": (archive(readme=b"hello"), "not_a_table"),
    "a Word document": (archive(word__document_xml=b"<x/>"), "not_a_table"),
    "an OpenDocument sheet": (archive(content_xml=b"<x/>"), "old_workbook"),
    "half a workbook": (workbook([["Email"]])[:300], "broken_workbook"),
    "a workbook of nothing": (archive(xl__workbook_xml=b"<x/>"), "broken_workbook"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_workbook"),
    "a web page": (b"<!DOCTYPE html><p>Sign in</p>", "not_a_table"),
    "a program": (bytes(range(256)) * 40 + bytes(4000), "not_a_table"),
    "a wrong mark": (b"\xef\xbb\xbfName,Email\nJos\xe9,a@example.org\n", "broken_encoding"),
    "half a character": (b"\xff\xfeN\x00a", "broken_encoding"),
    "no headings": (b"Ann,ann@example.org\nBob,bob@example.org\n", "no_headings"),
    "an open quote": (
        HEADING.encode() + b'Ann,Lee,a@example.org,Graz\nBob,"Lee,b@example.org,Graz\n',
        "open_quote",
    ),
    "a quote in the middle": (
        HEADING.encode() + b'"Ann" B.,Lee,a@example.org,Graz\n',
        "stray_quote",
    ),
    "an endless cell": (HEADING.encode() + b"A" * 8_100_000, "large_cell"),
}


@pytest.mark.parametrize(("content", "code"), WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(content: bytes, code: str) -> None:
    problem = refusal(content)

    assert problem.code == code
    assert problem.reason.endswith(".")
    assert problem.mend.endswith(".")


def test_an_open_quote_is_found_in_its_row() -> None:
    problem = refusal(WHOLE_FILES["an open quote"][0])

    assert (problem.row, problem.reason) == (
        3,
        "A quotation mark that opens in row 3 is never closed.",
    )


ROWS = {
    "bad address": ("Ann,Lee,ann at home@,Graz", "email_invalid"),
    "no address": ("Ann,Lee,,Graz", "no_address"),
    "placeholder": ("Ann,Lee,n/a,Graz", "no_address"),
    "too many cells": ("Ann,Lee,ann@example.org,Graz,Styria", "too_many_cells"),
    "too long": (f"{'A' * 500},Lee,ann@example.org,Graz", "too_long"),
    "shared address": ("Bob,Kay,first@example.org,Graz", "shared_address"),
}


@pytest.mark.parametrize(("line", "code"), ROWS.values(), ids=ROWS)
def test_a_row_is_refused_with_its_number_and_the_rest_is_kept(line: str, code: str) -> None:
    first, last = "Al,Day,first@example.org,Graz", "Zoe,Poe,last@example.org,Graz"
    result = tried(f"{HEADING}{first}\n{line}\n{last}\n".encode())

    assert [(problem.row, problem.code) for problem in result.refused] == [(3, code)]
    assert result.emails == ("first@example.org", "last@example.org")


FINE = {
    "blank last line": f"{HEADING}Ann,Lee,ann@example.org,Graz\n\n",
    "separators last": f"{HEADING}Ann,Lee,ann@example.org,Graz\n,,,\n",
    "short row": f"{HEADING}Ann,Lee,ann@example.org\n",
    "zero bytes": f"{HEADING}A\0nn,Lee,ann@exa\0mple.org,Graz\n",
    "old line ends": f"{HEADING}Ann,Lee,ann@example.org,Graz\n".replace("\n", "\r"),
    "capitals and blanks": f"{HEADING}Ann,Lee,  ANN@Example.ORG ,Graz\n",
    "address with name": f"{HEADING}Ann,Lee,Ann Lee <ann@example.org>,Graz\n",
    "a link": f"{HEADING}Ann,Lee,mailto:ann@example.org,Graz\n",
    "wide at sign": f"{HEADING}Ann,Lee,ann\N{FULLWIDTH COMMERCIAL AT}example.org,Graz\n",
    "invisible mark": f"{HEADING}Ann,Lee,\N{ZERO WIDTH SPACE}ann@example.org,Graz\n",
    "the same twice": f"{HEADING}Ann,Lee,ann@example.org,Graz\nAnn,Lee,Ann@example.org,Linz\n",
    "a title above": f"Alumni 2024,,,\n\n{HEADING}Ann,Lee,ann@example.org,Graz\n",
    "group headings": f"Person,,,Place\n{HEADING}Ann,Lee,ann@example.org,Graz\n",
    "one column": "Email\nann@example.org\n",
    "one column of commas": 'Email address\n"ann@example.org"\n',
    "quotes after blanks": 'Name, Email\n"Lee, Ann", "ann@example.org"\n',
}


@pytest.mark.parametrize("content", FINE.values(), ids=FINE)
def test_small_untidiness_is_forgiven(content: str) -> None:
    result = tried(content.encode())

    assert (result.emails, result.refused) == (("ann@example.org",), ())


def test_only_a_heading_is_an_empty_list() -> None:
    result = tried(HEADING.encode())

    assert (result.data_rows, result.people, result.refused) == (0, (), ())


def test_two_hundred_columns_are_read() -> None:
    headings = ["Email", *[f"Question {number}" for number in range(200)]]
    content = f"{','.join(headings)}\nann@example.org{',x' * 200}\n"

    assert tried(content.encode()).emails == ("ann@example.org",)


def test_a_cell_of_two_megabytes_is_cut_with_a_note() -> None:
    content = f"Email,About\nann@example.org,{'x' * 2_000_000}\nbob@example.org,short\n"
    result = tried(content.encode())

    assert [len(person.about) for person in result.people] == [4000, 5]
    assert [note.reason for note in result.notes] == [
        "The cell holds 2000000 characters; the first 4000 are kept."
    ]


HOSTILE = {
    "de la Cruz": "de la Cruz",
    "\u202egnp.exe": "gnp.exe",
    "\u2066Ann\u2069": "Ann",
    "Zoe\u0308": "Zoë",
    "محمد": "محمد",
    "می\u200cخواهم": "می\u200cخواهم",
    "山田太郎": "山田太郎",
    "👩\u200d🔬": "👩\u200d🔬",
    "O'Brien-Ñandú": "O'Brien-Ñandú",
    "A\x07nn": "A nn",
    "=HYPERLINK(1)": "=HYPERLINK(1)",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
}


@pytest.mark.parametrize(("written", "kept"), HOSTILE.items())
def test_names_are_kept_as_written_without_what_turns_the_page(written: str, kept: str) -> None:
    result = tried(f"First name;Email\n{written};ann@example.org\n".encode())

    assert [person.given_name for person in result.people] == [kept]


@pytest.mark.parametrize(
    "bait", ["a@b" + "c" * 120, "a@" + "b." * 120, "a." * 30 + "@" + "b-" * 90]
)
def test_a_hostile_address_does_not_keep_the_reader_busy(bait: str) -> None:
    started = perf_counter()
    result = tried(f"Email\n{bait}!\n{bait}_\nann@example.org\n".encode())

    assert (result.emails, len(result.refused)) == (("ann@example.org",), 2)
    assert perf_counter() - started < 2


def test_no_column_of_a_file_gives_rights() -> None:
    result = tried(b"Email,is_superuser,Role,permissions\nann@example.org,1,Admin,all\n")

    assert (result.people[0].role, result.people[0].answers) == ("", ())


def test_a_workbook_is_read_from_its_first_filled_sheet() -> None:
    rows = [
        ["Banner ID", "Name", "Email", "Class year"],
        ["007", "Lee, Ann", "a@example.org", 2004],
    ]
    result = tried(workbook(rows, empty_first=True))

    person = result.people[0]
    assert (result.encoding, person.external_id, person.given_name) == ("xlsx", "007", "Ann")
    assert person.educations[0].class_year == 2004


def test_a_workbook_with_one_far_cell_is_refused() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Email")
        sheet.write(1_048_575, 16_383, "far away")

    assert refusal(stream.getvalue()).code == "large_workbook"


def test_a_workbook_that_unpacks_to_gigabytes_is_refused() -> None:
    content = archive(xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=bytes(401_000_000))

    assert refusal(content).code == "large_workbook"


@tried_on(150)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_workbook_ends_in_people_or_in_one_sentence(
    damage: list[tuple[int, int]],
) -> None:
    content = bytearray(workbook([["Email", "Name"], ["ann@example.org", "Ann"]]))
    for place, byte in damage:
        content[place % len(content)] = byte
    try:
        said = str(tried(bytes(content)))
    except TableError as error:
        said = str(error)
    assert said


@pytest.mark.parametrize("name", ["A99999999999", "XFD1048576", "A2000000"])
def test_a_cell_beyond_every_sheet_is_refused(name: str) -> None:
    sheet = f'<worksheet><sheetData><row><c r="{name}"/></row></sheetData></worksheet>'
    members = {"xl__workbook_xml": b"<x/>", "xl__worksheets__sheet1_xml": sheet.encode()}

    assert refusal(archive(**members)).code == "large_workbook"


def test_every_sentence_can_be_said() -> None:
    values = {
        "kind": "a PDF",
        "encoding": "utf-8",
        "limit": 1,
        "count": 2,
        "headings": 1,
        "value": "x",
        "email": "a@example.org",
        "first": 2,
        "choices": "x",
        "least": 1,
        "most": 2,
    }

    for code in SENTENCES:
        problem = Problem(code, 3, "Email", values)
        assert "{" not in problem.reason + problem.mend


def texts(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@tried_on(300)
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"PK\x03\x04")
@example(b"sep=;\n")
@example(b'"')
@example(b"\xef\xbb\xbf")
def test_any_bytes_end_in_people_or_in_one_sentence(content: bytes) -> None:
    try:
        result = tried(content)
    except TableError as error:
        result = None
        said = str(error)
    assert result is not None or said.endswith(".")


@tried_on(300)
@given(st.text(alphabet='ab@.,;\t|"\n\r =é\0', max_size=200))
def test_any_text_under_a_heading_ends_in_people_or_in_one_sentence(body: str) -> None:
    try:
        result = tried(f"{HEADING}{body}".encode())
    except TableError as error:
        result = None
        said = str(error)
    assert result is not None or said.endswith(".")


CELLS = st.text(
    st.characters(codec="cp1252", exclude_categories=["C"]) | st.sampled_from('\n,;|"'), max_size=12
).map(lambda text: text.lstrip(" "))


def is_second_heading(cells: Sequence[str]) -> bool:
    """Surveys write "Response" or a machine's name under each question; such a row is nobody."""
    filled = [plain_heading(cell) for cell in cells if cell.strip()]
    is_machines = any("ImportId" in cell for cell in cells)
    return is_machines or (len(filled) >= 2 and ANSWER_WORDS.issuperset(filled))


def test_a_row_of_nothing_but_answer_words_belongs_to_the_headings() -> None:
    table = read_table(b"Vorname,Nachname,E-Mail\n,ANTWORT,Antwort\nAnn,Lee,ann@example.org\n")

    assert (table.heading_rows, table.headings) == (2, ("Vorname", "Nachname", "E-Mail"))
    assert texts(table) == [("Ann", "Lee", "ann@example.org")]


@pytest.mark.parametrize("sign", [";", "|"])
def test_a_sign_within_answers_alone_never_parts_cells(sign: str) -> None:
    many = sign.join(f"topic {n}" for n in range(300))

    table = read_table(f"ID,Topics\na,{many}\n".encode())

    assert (table.delimiter, texts(table)) == (",", [("a", many)])


@tried_on(200)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_a_program_writes_comes_back(
    rows: list[list[str]], codec: str, delimiter: str
) -> None:
    assume(not is_second_heading(rows[0]))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerows([["Vorname", "Nachname", "E-Mail"], *rows])

    table = read_table(stream.getvalue().encode(codec))

    assert table.delimiter == delimiter
    assert texts(table) == [tuple(row) for row in rows if "".join(row).strip()]
