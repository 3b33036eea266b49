"""What an office's tables and its design say of each other, and what is said where they do not."""

from pathlib import Path

import pytest

from lodestar.web.cli.group_files import main as group
from lodestar.web.cli.match_files import main as match
from lodestar.web.cli.rotate_files import main as rotate
from lodestar.web.cli.simulate_files import main as simulate
from tests.web.cli.written import certificate_of, rows_of

MENTEES = "ID,Name,Email,Wishes,Years\nE-1,Ana Elk,ana@example.org,Salary,1\nE-2,Bo Yak,bo@example.org,Law,2\n"
MENTORS = "ID,First name,Last name,Email,Can help with,Years,Max mentees\nM-1,Jo,Fox,jo@example.org,Salary,9,1\nM-2,Ed,Ox,ed@example.org,Law,9,1\n"


def office(
    folder: Path, mentees: str = MENTEES, mentors: str = MENTORS, design: str = ""
) -> list[str]:
    """Write the tables, and return the options that name them."""
    named = {"mentees": ("mentees.csv", mentees), "mentors": ("mentors.csv", mentors)}
    if design:
        named["design"] = ("design.toml", design)
    found: list[str] = []
    for option, (name, text) in named.items():
        (folder / name).write_text(text)
        found += [f"--{option}", str(folder / name)]
    return found


def matched(folder: Path, *tables: str) -> list[tuple[str, str]]:
    assert match([*tables, "--out", str(folder / "out")]) == 0
    rows = rows_of(folder / "out" / "matches.csv")
    return [(row["mentee"], row["mentor"]) for row in rows]


def test_lists_of_whom_to_avoid_hold_without_a_design_and_say_whom_nobody_is_called(
    tmp_path, capsys
):
    mentees = 'ID,Wishes,Avoid\nE-1,Salary,"Jo Fox, Zoe Yak"\nE-2,Law,"ed@example.org, nobody"\n'

    pairs = matched(tmp_path, *office(tmp_path, mentees))

    assert pairs == [("E-1", "M-2"), ("E-2", "M-1")]
    assert capsys.readouterr().err == (
        "Note: mentees.csv: nobody in these files is called “Zoe Yak” (row 2), so nobody is kept apart by "
        "it.\n"
    )


CRITERION = '[[criteria]]\nname = "help"\nkind = "topics"\nmentee_field = "Wishes"\n'


@pytest.mark.parametrize(
    ("design", "said"),
    [
        (
            CRITERION.replace("Wishes", "Wishs"),
            "criterion 1, mentee_field: neither mentees.csv nor mentors.csv has a heading “Wishs”. The "
            "nearest is “Wishes”.",
        ),
        (
            CRITERION + '[capacity]\nfield = "Max mentes"\n',
            "[capacity] field: mentors.csv has no heading “Max mentes”. The nearest is “Max mentees”.",
        ),
        (
            '[[constraints]]\nkind = "not_same"\nvalue = "Cuontry"\n',
            "constraint 1, value: neither mentees.csv nor mentors.csv has a heading “Cuontry”. There are "
            "ID, Name, Email, Wishes, Years, First name, Last name, Can help with, Max mentees.",
        ),
        (
            CRITERION + '[[constraints]]\nkind = "must_share"\n',
            "constraint 1, value: neither mentees.csv nor mentors.csv has a heading “campus”.",
        ),
        (
            '[[constraints]]\nkind = "min_gap"\nvalue = 1\nmentor_field = "Yers"\n',
            "constraint 1, mentor_field: neither mentees.csv nor mentors.csv has a heading “Yers”. The "
            "nearest is “Years”.",
        ),
        (
            '[objective]\nname = "balanced"\ngroup_field = "Campus"\n',
            "[objective] group_field: mentees.csv has no heading “Campus”.",
        ),
    ],
)
@pytest.mark.parametrize("door", [match, simulate, group])
def test_a_heading_that_no_file_has_is_refused_at_every_door(tmp_path, capsys, door, design, said):
    tables = office(tmp_path, design=design)

    assert door([*tables, "--out", str(tmp_path / "out")]) == 2

    error = capsys.readouterr().err
    assert f": design.toml, {said}" in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_mixer_refuses_a_heading_that_no_file_has(tmp_path, capsys):
    (tmp_path / "here.csv").write_text("person,role\nE-1,mentee\nM-1,mentor\n")
    tables = office(tmp_path, design=CRITERION.replace("Wishes", "Wishs"))
    size = ["--attendance", str(tmp_path / "here.csv"), "--rounds", "1", "--tables", "1"]

    assert rotate([*tables, *size, "--out", str(tmp_path / "out")]) == 2

    assert "design.toml, criterion 1, mentee_field: neither" in capsys.readouterr().err


def test_a_rule_whose_usual_heading_is_missing_is_said_to_forbid_nobody(tmp_path, capsys):
    tables = office(tmp_path, design='[[constraints]]\nkind = "common_language"\n')

    assert len(matched(tmp_path, *tables)) == 2

    assert capsys.readouterr().err == (
        "Note: design.toml: no file has a heading for common_language, so this rule forbids nobody.\n"
    )


def test_headings_that_are_read_off_others_are_there(tmp_path):
    mentees = "ID,Country,Career interest\nE-1,Kenya,Lawyer\n"
    design = "".join(
        f'[[criteria]]\nname = "{name}"\nkind = "{kind}"\nmentee_field = "{field}"\n'
        for name, kind, field in (
            ("clock", "timezone", "Time zone"),
            ("near", "hierarchy", "Place"),
            ("help", "topics", "Topics"),
            ("work", "hierarchy", "Role"),
        )
    )

    assert len(matched(tmp_path, *office(tmp_path, mentees, design=design))) == 1


def test_a_ranked_list_names_mentors_by_their_key(tmp_path, capsys):
    mentees = 'ID,Wanted\nE-1,M-2; M-1\nE-2,"M-9, M-1"\n'
    design = '[[criteria]]\nname = "choice"\nkind = "ranked"\nmentee_field = "Wanted"\n'

    assert matched(tmp_path, *office(tmp_path, mentees, design=design)) == [
        ("E-1", "M-2"),
        ("E-2", "M-1"),
    ]
    assert capsys.readouterr().err == (
        "Note: mentees.csv: no mentor is called “M-9” (row 3) under key; such a choice counts nothing.\n"
    )


@pytest.mark.parametrize(
    ("design", "places", "said"),
    [
        ("", 41, ""),
        ("[capacity]\ndefault = 2\n", 41, ""),
        (
            "[capacity]\nmaximum = 3\n",
            4,
            "Note: mentors.csv: 1 mentor states more than the 3 places that design.toml allows at most, for "
            "example in row 2; 3 count.\n",
        ),
    ],
)
def test_places_hold_as_they_are_stated_unless_the_design_says_how_many_at_most(
    tmp_path, capsys, design, places, said
):
    tables = office(tmp_path, mentors=MENTORS.replace("9,1\nM-2", "9,40\nM-2"), design=design)

    matched(tmp_path, *tables)

    assert certificate_of(tmp_path / "out")["places"] == places
    assert capsys.readouterr().err == said


GAP = '[[criteria]]\nname = "ahead"\nkind = "gap"\nmentee_field = "{0}"\nlow = 1\n'


@pytest.mark.parametrize(
    ("heading", "cell", "score"),
    [
        ("Class year", "2015-05-01", 1_000_000),
        ("Class year", "05/01/2016", 1_000_000),
        ("Class year", "'15", 1_000_000),
        ("Class year", "2035", 0),
        ("Left on", "2015-05-01 10:00", 1_000_000),
        ("Left on", "01.05.2035", 0),
        ("Years", "2 years 6 months", 1_000_000),
        ("Years", "18 months", 1_000_000),
    ],
)
def test_a_date_is_its_year_and_months_are_parts_of_one(tmp_path, heading, cell, score):
    mine = "2020" if heading != "Years" else "0"
    tables = office(
        tmp_path,
        f"ID,{heading}\nE-1,{mine}\n",
        f'ID,{heading}\nM-1,"{cell}"\n',
        GAP.format(heading) + "[objective]\nfloor = 0\n",
    )

    matched(tmp_path, *tables)

    assert [int(row["score"]) for row in rows_of(tmp_path / "out" / "matches.csv")] == [score]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Years", "-5"),
        ("Years", "99999999999"),
        ("Years", "NaN"),
        ("Years", "2015"),
        ("Class year", "05/01/16"),
        ("Class year", "-2015"[:2]),
        ("Left on", "05/01/16"),
    ],
)
def test_what_is_no_number_counts_as_blank_and_is_said(tmp_path, capsys, heading, cell):
    mentors = f"ID,{heading}\nM-1,{cell}\nM-2,\n"
    tables = office(tmp_path, f"ID,{heading}\nE-1,3\n", mentors, GAP.format(heading))

    matched(tmp_path, *tables)

    assert capsys.readouterr().err.splitlines()[-1] == (
        f"Note: mentors.csv: 1 answer under {heading} cannot be read as a number and counts as blank, for "
        f"example “{cell}” in row 2."
    )


ONE = "Diversity, equity and inclusion"


@pytest.mark.parametrize(
    ("mentee", "mentors"),
    [
        (ONE, [f"{ONE}; Salary", "Salary; Law"]),
        (f"{ONE}, Law", [f"{ONE} (3); Law (2)", "Salary; Music"]),
        ("Salary, Law", ["Salary, Law", "Music"]),
        ("Pay (HIGH); Law", ["Pay (3); Law", "Music (low)"]),
    ],
)
def test_commas_part_topics_only_where_no_column_says_that_they_are_one(tmp_path, mentee, mentors):
    offers = "".join(f'M-{n},"{offer}"\n' for n, offer in enumerate(mentors, 1))
    design = CRITERION.replace("Wishes", "Topics") + "[objective]\nfloor = 0\n"

    pairs = matched(
        tmp_path,
        *office(tmp_path, f'ID,Topics\nE-1,"{mentee}"\n', f"ID,Topics\n{offers}", design),
    )

    assert pairs == [("E-1", "M-1")]
    assert int(rows_of(tmp_path / "out" / "matches.csv")[0]["score"]) >= 900_000


def test_commas_that_part_topics_are_said_and_one_semicolon_ends_it(tmp_path, capsys):
    table = f'ID,Topics\nE-1,"{ONE}"\nE-2,Law\n'
    matched(tmp_path, *office(tmp_path, table, "ID,Topics\nM-1,Law\n"))
    said = capsys.readouterr().err

    matched(tmp_path, *office(tmp_path, table.replace(ONE, ONE + ";"), "ID,Topics\nM-1,Law\n"))

    assert capsys.readouterr().err == ""
    assert said == (
        f"Note: mentees.csv: nobody under Topics uses “;”, so commas part 1 answer there, for example “{ONE}” "
        "in row 2. Write “;” at the end of one that is a single topic.\n"
    )


@pytest.mark.parametrize("wrong", ["Pay (4)", "Pay (0)", "Pay: 5", "Pay (10)"])
def test_a_strength_that_is_none_is_refused_with_its_row(tmp_path, capsys, wrong):
    tables = office(tmp_path, f'ID,Topics\nE-1,"Law, {wrong}"\n')

    assert match([*tables, "--out", str(tmp_path / "out")]) == 2

    assert capsys.readouterr().err == (
        f"lodestar match: mentees.csv, row 2, Topics: in “{wrong}” the strength is not 1, 2 or 3. Write one of "
        "these, or leave it out.\n"
    )


def test_one_address_under_two_ids_is_said_with_both_rows(tmp_path, capsys):
    mentees = MENTEES.replace("bo@example.org", "ANA@example.org")

    matched(tmp_path, *office(tmp_path, mentees))

    assert capsys.readouterr().err == (
        "Note: mentees.csv: ana@example.org stands in row 2 as E-1 and in row 3 as E-2; both count. Remove "
        "one if this is one person.\n"
    )


def test_somebody_on_both_sides_under_two_ids_is_not_paired_with_themselves(tmp_path):
    mentees = "ID,Email,Wishes\nE-1,JO@example.org,Salary\n"

    assert matched(tmp_path, *office(tmp_path, mentees)) == [("E-1", "M-2")]


@pytest.mark.parametrize("heading", ["Years", "years ", "Max mentees"])
def test_a_heading_that_stands_twice_is_refused_with_both_columns(tmp_path, capsys, heading):
    mentors = "ID,Years,Max mentees," + heading + "\nM-1,9,1,3\n"
    first = 3 if heading == "Max mentees" else 2

    assert match([*office(tmp_path, mentors=mentors), "--out", str(tmp_path / "out")]) == 2

    assert capsys.readouterr().err == (
        f"lodestar match: mentors.csv: “{heading.strip()}” is the heading of column {first} and of column 4. "
        "Keep one of the two, or give it a heading of its own.\n"
    )


def test_headings_that_nothing_reads_and_topics_may_stand_twice(tmp_path):
    mentees = "ID,Other,Other,Topics,Topics\nE-1,a,b,Salary,Law\n"

    assert len(matched(tmp_path, *office(tmp_path, mentees))) == 1


def test_a_heading_of_a_design_may_not_stand_twice(tmp_path, capsys):
    mentees = "ID,Other,Other,Wishes\nE-1,a,b,Salary\n"
    design = '[[criteria]]\nname = "way"\nkind = "category"\nmentee_field = "Other"\nmentor_field = "Years"\n'

    assert match([*office(tmp_path, mentees, design=design), "--out", str(tmp_path / "out")]) == 2

    assert "“Other” is the heading of column 2 and of column 3" in capsys.readouterr().err
