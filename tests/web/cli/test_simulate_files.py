import json
from pathlib import Path

import pytest

from lodestar.domain.trials.rules import why_not_people
from lodestar.web.cli.simulate_files import main
from tests.web.cli.written import COHORT

SURE = """
reply_time = [1]
[mentee]
drop_out = 0
decline = 0
silence = 0
no_show = 0
[mentor]
drop_out = 0
decline = 0
silence = 0
no_show = 0
"""
QUICK = ["--draws", "12", "--program-draws", "3"]
SECTIONS = [
    "summary",
    "how_to_read",
    "inputs",
    "assumptions",
    "procedure",
    "feasibility",
    "program",
    "power",
    "bottlenecks",
    "reliefs",
    "sensitivity",
]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Write two small tables, a design and sure people: two in law and one place for them."""
    (tmp_path / "mentees.csv").write_text(
        "Email,Industry,Languages\n"
        "ana@example.org,Law,English\n"
        "bo@example.org,Law,English\n"
        "cy@example.org,Retail,English\n"
        "di@example.org,Retail,English\n"
        "ed@example.org,Retail,English\n"
    )
    (tmp_path / "mentors.csv").write_text(
        "Email,Industry,Languages,Capacity\n"
        "mia@example.org,Law,English,1\n"
        "noor@example.org,Retail,English,3\n"
    )
    (tmp_path / "design.toml").write_text(
        '[[constraints]]\nname = "field"\nkind = "must_share"\nvalue = "Industry"\n'
    )
    (tmp_path / "sure.toml").write_text(SURE)
    return tmp_path


def run(folder: Path, *more: str, out: str = "report.json") -> int:
    named = {"--mentees": "mentees.csv", "--mentors": "mentors.csv", "--design": "design.toml"}
    tables = [part for key, name in named.items() for part in (key, str(folder / name))]
    return main([*tables, "--out", str(folder / out), *QUICK, *more])


def report_in(folder: Path, out: str = "report.json") -> dict:
    return json.loads((folder / out).read_text())


def test_an_office_learns_what_to_expect_what_binds_and_what_would_help(office, capsys):
    assert run(office, "--assumptions", str(office / "sure.toml")) == 0

    report = report_in(office)
    said = capsys.readouterr().out
    assert list(report) == SECTIONS
    assert report["feasibility"]["served_if_nobody_falls_away"] == 4
    assert report["program"]["met"] == {
        "mean": 4.0,
        "error": 0.0,
        "low": None,
        "high": None,
        "draws": 3,
    }
    assert report["bottlenecks"][0]["sentence"] == (
        "In 100 % of draws 2 mentees (all of them industry: Society > Law) share 1 place."
    )
    assert report["reliefs"]["tried"][0]["gain"] == {
        "mean": 1.0,
        "low": 1.0,
        "high": 1.0,
        "draws": 12,
    }
    assert said.startswith(
        "If everybody kept their word, 4 of 5 mentees would have a mentor (2 mentors, 4 places). "
    )
    assert said == f"{report['summary']} The report is in {office / 'report.json'}.\n"


def test_the_report_says_what_it_rests_on(office):
    run(office, "--seed", "5")

    report = report_in(office)
    inputs = report["inputs"]
    assert {key: inputs[key] for key in inputs if not key.endswith("sha256")} == {
        "mentees": 5,
        "mentors": 2,
        "places": 4,
        "eligible_pairs": 5,
        "objective": "worst-first",
        "seed": 5,
        "engine_version": "2.0",
        "made_up": {"mentees": 0, "mentors": 0},
    }
    assert [len(inputs[key]) for key in ("inputs_sha256", "assumptions_sha256")] == [64, 64]
    assert (report["feasibility"]["draws"], report["program"]["draws"]) == (12, 3)
    assert report["assumptions"]["mentor"]["no_show"]["source"].startswith("about 1 in 10 pairs")


def test_the_same_files_and_seed_give_the_same_bytes_in_any_row_order(office):
    run(office, out="a.json")
    for name in ("mentees.csv", "mentors.csv"):
        head, *people = (office / name).read_text().splitlines()
        (office / name).write_text("\n".join([head, *reversed(people)]))

    run(office, out="b.json")
    run(office, "--seed", "1", out="c.json")

    assert (office / "a.json").read_bytes() == (office / "b.json").read_bytes()
    assert report_in(office, "a.json")["program"] != report_in(office, "c.json")["program"]


def test_blocked_and_pinned_pairs_are_kept_to(office):
    (office / "blocked.csv").write_text(
        "mentee,mentor\nana@example.org,mia@example.org\nbo@example.org,mia@example.org\n"
    )
    (office / "pinned.csv").write_text("mentee,mentor\nana@example.org,noor@example.org\n")
    sure = ["--assumptions", str(office / "sure.toml")]

    run(office, *sure, "--blocked", str(office / "blocked.csv"), out="blocked.json")
    run(office, *sure, "--pinned", str(office / "pinned.csv"), out="pinned.json")

    assert report_in(office, "blocked.json")["program"]["met"]["mean"] == 3
    assert report_in(office, "pinned.json")["inputs"]["eligible_pairs"] == 6
    assert report_in(office, "pinned.json")["program"]["met"]["mean"] == 4


def test_people_can_be_made_up_where_too_few_have_applied(office, capsys):
    assert run(office, "--fill-mentees", "9", "--fill-mentors", "4") == 0

    inputs = report_in(office)["inputs"]
    assert [inputs[key] for key in ("mentees", "mentors", "made_up")] == [
        9,
        4,
        {"mentees": 4, "mentors": 2},
    ]
    assert "4 of the mentees are made up. 2 of the mentors are made up." in capsys.readouterr().out


def test_time_that_is_up_leaves_the_draws_so_far_and_says_how_many(office, capsys):
    assert run(office, "--seconds", "0") == 0

    report = report_in(office)
    assert (report["feasibility"]["draws"], report["feasibility"]["draws_asked"]) == (1, 12)
    assert (
        "This counted 1 draw and played 1 in full, of 12 and 3, for time was up;"
        in capsys.readouterr().out
    )


def test_our_own_cohort_can_be_tried_with_the_usual_design_and_guesses(tmp_path, capsys):
    tables = [
        "--mentees",
        str(COHORT / "mentees-60.csv"),
        "--mentors",
        str(COHORT / "mentors-40.csv"),
    ]

    assert (
        main([*tables, "--draws", "20", "--program-draws", "2", "--out", str(tmp_path / "r.json")])
        == 0
    )

    found = json.loads((tmp_path / "r.json").read_text())["feasibility"]
    once, again, best = (
        found[f"served_{how}"]["mean"]
        for how in ("without_second_matching", "with_second_matching", "if_known_beforehand")
    )
    assert once < again <= best < found["served_if_nobody_falls_away"] == 51
    assert "What would help most: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("assumptions", "said"),
    [
        ("[mentor\n", "wrong.toml is not valid TOML"),
        (
            "[mentor]\nsilence = 2\n",
            "wrong.toml, [mentor] silence: 2 is not a chance from 0 to 1: write 0.05",
        ),
        ("[mentors]\n", "wrong.toml, assumptions: mentors is not known here."),
        (
            "[mentor.decline.by_person]\nzoe = 1\n",
            "[mentor] decline, by_person: no mentor here is called zoe.",
        ),
    ],
)
def test_faulty_assumptions_are_one_sentence_and_nothing_is_written(
    office, capsys, assumptions, said
):
    (office / "wrong.toml").write_text(assumptions)

    assert run(office, "--assumptions", str(office / "wrong.toml")) == 2

    error = capsys.readouterr().err
    assert error.startswith(f"lodestar simulate: {said}")
    assert error.count("\n") == 1
    assert not (office / "report.json").exists()


@pytest.mark.parametrize(("mentees", "mentors"), [(4, 2), (5, 1), (1, 2)])
def test_so_few_people_that_it_says_nothing_are_refused_as_on_the_page(
    office, capsys, mentees, mentors
):
    for name, most in (("mentees.csv", mentees), ("mentors.csv", mentors)):
        lines = (office / name).read_text().splitlines()
        (office / name).write_text("\n".join(lines[: 1 + most]))

    assert run(office) == 2

    said = capsys.readouterr().err
    assert said == f"lodestar simulate: {why_not_people(mentees, mentors)}\n"
    assert not (office / "report.json").exists()


def test_too_few_people_filled_up_with_made_up_ones_are_enough(office):
    (office / "mentees.csv").write_text("Email,Industry\nana@example.org,Law\n")

    assert run(office, "--fill-mentees", "5") == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--draws", "0"], "--draws 0: ask for 1 to 1,000,000 draws."),
        (["--program-draws", "0"], "--program-draws 0: ask for 1 to 1,000,000 draws."),
        (["--fill-mentees", "3"], "--fill-mentees 3: the file holds 5 mentees already."),
        (["--assumptions", "none.toml"], "none.toml does not exist"),
        (["--objective", "balanced"], "The objective balanced needs a group_field"),
    ],
)
def test_options_that_cannot_be_are_one_sentence(office, capsys, options, said):
    assert run(office, *options) == 2

    assert capsys.readouterr().err.startswith(f"lodestar simulate: {said}")


def test_a_faulty_table_or_design_is_named(office, capsys):
    (office / "design.toml").write_text("[assumptions]\n")
    assert run(office) == 2
    assert "design.toml, design: assumptions is not known here." in capsys.readouterr().err

    (office / "design.toml").write_text("")
    (office / "mentees.csv").write_text("Shoe size,Colour\n42,red\n")
    assert run(office) == 2
    assert "has no heading that names people" in capsys.readouterr().err


def test_the_help_can_be_read(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help"])

    assert left.value.code == 0
    assert "Nobody is matched by this" in " ".join(capsys.readouterr().out.split())
