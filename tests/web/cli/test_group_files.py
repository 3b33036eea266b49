from pathlib import Path

import pytest

from lodestar.web.cli.group_files import main
from tests.web.cli.written import COHORT, certificate_of, rows_of

WRITTEN = ["certificate.json", "groups.csv", "timings.json", "unmatched.csv"]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Write seven mentees of two trades and two firms, and two mentors who say no places."""
    (tmp_path / "mentees.csv").write_text(
        "ID;Email;Industry;Employer;Shared identity\n"
        "ana;ana@example.org;Law;Acme;first generation\n"
        "bo;bo@example.org;Law;Acme;\n"
        "cy;cy@example.org;Law;Birch;first generation\n"
        "di;di@example.org;Health care;Birch;\n"
        "eve;eve@example.org;Health care;;\n"
        "=fu;fu@example.org;Health care;;\n"
        "gus;gus@example.org;Health care;;\n"
    )
    (tmp_path / "mentors.csv").write_text("ID;Industry\nmia;Law\nnoor;Health care\n")
    return tmp_path


def around_mentors(folder: Path, *more: str) -> int:
    sheets = ("--mentees", folder / "mentees.csv", "--mentors", folder / "mentors.csv")
    return main([*map(str, sheets), "--out", str(folder / "out"), *more])


def among_peers(folder: Path, *more: str) -> int:
    return main(["--people", str(folder / "mentees.csv"), "--out", str(folder / "out"), *more])


def groups_in(folder: Path) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows_of(folder / "out" / "groups.csv"):
        found.setdefault(row["group"], []).append(row["person"])
    return list(found.values())


def test_each_mentor_has_a_group_of_the_asked_size_with_its_proof(office, capsys):
    assert around_mentors(office, "--size", "3-4") == 0

    rows = rows_of(office / "out" / "groups.csv")
    assert [(row["mentor"], row["person"]) for row in rows] == [
        *(("mia", person) for person in ("ana", "bo", "cy")),
        *(("noor", person) for person in ("'=fu", "di", "eve", "gus")),
    ]
    found = certificate_of(office / "out")
    assert found["total"] == found["bound_total"] == sum(int(row["points"]) for row in rows)
    assert [found[name] for name in ("form", "served", "groups", "broken_rules", "is_proven")] == [
        "groups", 7, 2, 0, True,
    ]  # fmt: skip
    assert sorted(path.name for path in (office / "out").iterdir()) == WRITTEN
    told = capsys.readouterr().out
    assert told.startswith("7 of 7 mentees are in 2 groups (total ")
    assert "proven best" in told


def test_who_is_left_out_reads_why(office, capsys):
    (office / "mentors.csv").write_text("ID;Industry;Places\nmia;Law;2\nnoor;Health care;4\n")

    assert around_mentors(office, "--size", "3-4") == 0

    left = rows_of(office / "out" / "unmatched.csv")
    assert [row["person"] for row in left] == ["ana", "bo", "cy"]
    assert {row["reason"] for row in left} == {
        "1 mentor who may have them has no place left, of 4 together."
    }
    assert "Note: 1 mentor has fewer than 3 places, so no group." in capsys.readouterr().out


def test_a_design_says_sizes_and_rules_and_what_each_rule_costs(office):
    (office / "design.toml").write_text(
        "[groups]\nleast = 2\nmost = 4\n"
        '[[group_rules]]\nkind = "at_most"\nfield = "Employer"\n'
        '[[group_rules]]\nname = "company"\nkind = "not_alone"\nfield = "Shared identity"\n'
        'value = "First generation"\n'
    )

    assert around_mentors(office, "--design", str(office / "design.toml"), "--tradeoffs") == 0

    for people in groups_in(office):
        assert len({"ana", "bo"} & {*people}) < 2
        assert len({"ana", "cy"} & {*people}) != 1
    found = certificate_of(office / "out")
    assert (found["least"], found["most"], found["broken_rules"]) == (2, 4, 0)
    prices = rows_of(office / "out" / "rules.csv")
    assert [row["rule"] for row in prices] == ["employer", "company"]
    assert all(row["is_proven"] == "True" for row in prices)


def test_who_is_kept_apart_is_in_no_group_together(office):
    (office / "apart.csv").write_text("person,other\ndi,EVE@example.org\ngus,=fu\n")

    assert around_mentors(office, "--size", "2-4", "--apart", str(office / "apart.csv")) == 0

    for people in groups_in(office):
        assert not {"di", "eve"} <= {*people}
        assert not {"gus", "'=fu"} <= {*people}


def test_blocked_pairs_are_not_in_one_group(office):
    (office / "blocked.csv").write_text("mentee,mentor,reason\nana,mia,blocked\n")

    assert around_mentors(office, "--size", "2-4", "--blocked", str(office / "blocked.csv")) == 0

    rows = rows_of(office / "out" / "groups.csv")
    assert ("mia", "ana") not in [(row["mentor"], row["person"]) for row in rows]


@pytest.mark.parametrize(("more", "sizes"), [((), [2, 2, 2]), (("--trio",), [2, 2, 3])])
def test_peers_are_paired_and_the_odd_one_may_join_two_others(office, more, sizes):
    assert among_peers(office, "--size", "2", *more) == 0

    found = groups_in(office)
    assert sorted(map(len, found)) == sizes
    certificate = certificate_of(office / "out")
    assert (certificate["form"], certificate["is_proven"]) == ("pairs", True)
    assert len(rows_of(office / "out" / "unmatched.csv")) == 7 - sum(sizes)


def test_circles_of_peers_are_of_one_trade_and_say_how_far_from_the_best(office, capsys):
    assert among_peers(office, "--size", "3-4") == 0

    assert groups_in(office) == [["'=fu", "di", "eve", "gus"], ["ana", "bo", "cy"]]
    found = certificate_of(office / "out")
    assert found["total"] <= found["bound_total"]
    assert "7 of 7 people are in 2 circles" in capsys.readouterr().out


def test_the_same_files_give_the_same_bytes_in_any_order(office):
    names = ("groups.csv", "unmatched.csv", "certificate.json")
    around_mentors(office, "--size", "3-4")
    before = [(office / "out" / name).read_bytes() for name in names]
    heading, *lines = (office / "mentees.csv").read_text().splitlines()
    (office / "mentees.csv").write_text("\n".join([heading, *reversed(lines)]) + "\n")

    around_mentors(office, "--size", "3-4")

    assert [(office / "out" / name).read_bytes() for name in names] == before


def test_peers_without_ids_are_called_by_their_row(office):
    (office / "mentees.csv").write_text("Industry,Topics\nLaw,Pay\nLaw,Pay\n")

    assert among_peers(office, "--size", "2") == 0

    assert groups_in(office) == [["participant in row 2", "participant in row 3"]]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ('kind = "no_two"', "group rule 1, kind: 'no_two' is not one of at_most, not_alone."),
        ('kind = "at_most"', "group rule 1, field: name the heading whose answers count."),
        ('kind = "at_most"\nfield = "Employer"\nmuch = 2', "group rule 1: much is not known here."),
        (
            'kind = "at_most"\nfield = "Employer"\ncount = 0',
            "group rule 1, count: 0 is not a whole",
        ),
        ('kind = "not_alone"\nfield = "Employer"', "group rule 1, value: name the answer"),
        ('kind = "at_most"\nfield = "Employer"\nvalue = "Acme"', "Leave the value out."),
        ('kind = "at_most"\nfield = "Shoe size"', "nobody has an answer in that column"),
    ],
)
def test_a_rule_that_says_nothing_is_refused_by_name(office, capsys, rule, told):
    (office / "design.toml").write_text(f"[[group_rules]]\n{rule}\n")

    assert around_mentors(office, "--design", str(office / "design.toml")) == 2

    assert told in capsys.readouterr().err
    assert not (office / "out").exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--size", "9-12"), "A group needs at least 9 mentees, and there are 7"),
        (("--size", "4-3"), "A group cannot have at least 4 and at most 3"),
        (("--size", "0-3"), "A group needs at least one mentee"),
        (("--trio",), "--trio goes with pairs of peers"),
    ],
)
def test_sizes_that_cannot_be_are_refused_with_a_mend(office, capsys, more, told):
    assert around_mentors(office, *more) == 2

    assert told in capsys.readouterr().err


def test_contradicting_files_are_refused(office, capsys):
    assert among_peers(office, "--mentors", str(office / "mentors.csv")) == 2
    assert "keep one of the two kinds" in capsys.readouterr().err
    assert main(["--mentees", str(office / "mentees.csv"), "--out", str(office / "out")]) == 2
    assert "Name both --mentees and --mentors" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "told"),
    [("ana,nobody", "row 2: nobody in these files"), ("ana,ana", "apart from themselves")],
)
def test_an_apart_list_must_make_sense(office, capsys, line, told):
    (office / "apart.csv").write_text(f"person,other\n{line}\n")

    assert among_peers(office, "--size", "2", "--apart", str(office / "apart.csv")) == 2

    assert told in capsys.readouterr().err


def test_rules_for_groups_do_not_fit_pairs(office, capsys):
    (office / "design.toml").write_text('[[group_rules]]\nkind = "at_most"\nfield = "Employer"\n')

    assert among_peers(office, "--size", "2", "--design", str(office / "design.toml")) == 2

    assert "pairs have room for --apart only" in capsys.readouterr().err


def test_the_sample_cohort_is_grouped_within_the_places_its_mentors_state(tmp_path):
    sheets = (COHORT / "mentees-60.csv", COHORT / "mentors-40.csv")

    assert (
        main([*map(str, ("--mentees", sheets[0], "--mentors", sheets[1], "--out", tmp_path))]) == 0
    )

    found = certificate_of(tmp_path)
    assert found["is_proven"]
    assert found["served"] == len(rows_of(tmp_path / "groups.csv"))
    assert found["served"] + len(rows_of(tmp_path / "unmatched.csv")) == 60
