import json
from pathlib import Path

import pytest

from lodestar.engine.matching.problem import Objective
from lodestar.web.cli.match_files import main
from tests.web.cli.written import COHORT, certificate_of, rows_of

TABLES = ["--mentees", str(COHORT / "mentees-60.csv"), "--mentors", str(COHORT / "mentors-40.csv")]


def run(out: Path, *more: str) -> int:
    return main([*TABLES, "--out", str(out), *more])


def test_tradeoffs_show_every_option_with_its_price(tmp_path):
    assert run(tmp_path, "--tradeoffs") == 0

    options = {row["objective"]: row for row in rows_of(tmp_path / "options.csv")}
    certificate = json.loads((tmp_path / "certificate.json").read_text())
    shares = {name: float(row["share_of_largest_total"]) for name, row in options.items()}
    assert set(options) == {
        *(o.value for o in Objective if o is not Objective.BALANCED),
        FIRST_COME,
    }
    assert max(shares.values()) == shares["served"] == 1.0
    assert shares[FIRST_COME] < shares["worst-first"] < 1
    assert int(options["worst-first"]["total"]) == certificate["total"]
    assert rows_of(tmp_path / "slider.csv")[0]["theta"] == "0.0"
    assert [row["rule"] for row in rows_of(tmp_path / "rules.csv")] == ["floor"]


FIRST_COME = "first come, first served"


def test_needs_name_the_shortage_that_binds_and_whom_to_ask_first(tmp_path):
    directory = tmp_path / "alumni.csv"
    directory.write_text(
        "ID,Topics offered,Industry\n"
        "X-1,Further study,Education\nX-2,Gardening,Gardening\nX-3,,Health care\n"
    )

    assert run(tmp_path / "out", "--needs", "--directory", str(directory)) == 0

    needs = rows_of(tmp_path / "out" / "needs.csv")
    gains = [(int(row["one_more_serves"]), int(row["one_more_points"])) for row in needs]
    assert gains == sorted(gains, reverse=True)
    assert all(int(row["wanted_by"]) >= int(row["met"]) >= 0 for row in needs)
    recruits = rows_of(tmp_path / "out" / "recruits.csv")
    assert [row["order"] for row in recruits] == ["1", "2", "3"]
    assert {row["person"] for row in recruits} == {"X-1", "X-2", "X-3"}
    prices = rows_of(tmp_path / "out" / "prices.csv")
    assert max(int(row["one_more_serves"]) for row in prices) == 1


def test_fairness_by_a_column_keeps_small_groups_hidden(tmp_path):
    assert run(tmp_path, "--groups", "Industry") == 0

    audit = json.loads((tmp_path / "fairness.json").read_text())
    assert audit["groups_by"] == "industry"
    assert audit["overall"]["mentees"] == 60


def test_groups_nobody_answered_are_one_sentence_and_nothing_is_written(tmp_path, capsys):
    assert run(tmp_path / "out", "--groups", "Shoe size") == 2

    assert "no mentee has an answer under shoe_size" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_why_not_her_is_answered_in_sentences(tmp_path, capsys):
    run(tmp_path)
    matches = rows_of(tmp_path / "matches.csv")
    mine, other = matches[0], matches[1]
    capsys.readouterr()

    run(tmp_path, "--why", mine["mentee"], other["mentor"])
    found = capsys.readouterr().out
    run(tmp_path, "--why", mine["mentee"], mine["mentor"])
    matched = capsys.readouterr().out

    assert f"{mine['mentee']} with {other['mentor']} scores" in found
    assert f"{mine['mentee']} would have {other['mentor']} instead of {mine['mentor']}" in found
    assert f"{mine['mentee']} and {mine['mentor']} are a match" in matched


def test_why_about_a_stranger_is_one_sentence(tmp_path, capsys):
    assert run(tmp_path, "--why", "nobody", "M-501") == 2

    assert "--why: no mentee here has the ID or address “nobody”." in capsys.readouterr().err


@pytest.mark.parametrize("flag", [["--tradeoffs"], ["--needs"], ["--groups", "Industry"]])
def test_the_same_input_gives_the_same_bytes(tmp_path, flag):
    for name in ("a", "b"):
        run(tmp_path / name, *flag)

    for path in (tmp_path / "a").iterdir():
        if path.name != "timings.json":
            assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_standbys_are_others_and_eligible_or_there_is_a_reason(tmp_path):
    assert run(tmp_path, "--standbys") == 0

    mentor_of = {row["mentee"]: row["mentor"] for row in rows_of(tmp_path / "matches.csv")}
    standbys = rows_of(tmp_path / "standbys.csv")
    assert {row["mentee"] for row in standbys} == set(mentor_of)
    assert all(bool(row["standby"]) != bool(row["why_none"]) for row in standbys)
    assert all(row["standby"] != mentor_of[row["mentee"]] for row in standbys)


def test_a_pin_that_breaks_a_rule_uses_its_place(tmp_path):
    (tmp_path / "pins.csv").write_text("mentee,mentor\nE-101,M-501\n")

    assert run(tmp_path / "out", "--standbys", "--pinned", str(tmp_path / "pins.csv")) == 0

    assert ("E-101", "M-501") in [
        (row["mentee"], row["mentor"]) for row in rows_of(tmp_path / "out" / "matches.csv")
    ]


def test_kept_pairs_show_what_keeping_costs(tmp_path):
    run(tmp_path / "first")
    matches = (tmp_path / "first" / "matches.csv").read_text().splitlines()
    (tmp_path / "kept.csv").write_text(
        "\n".join(["mentee,mentor", *(",".join(m.split(",")[:2]) for m in matches[1:40])])
    )

    assert run(tmp_path / "out", "--kept", str(tmp_path / "kept.csv"), "--tradeoffs") == 0

    curve = rows_of(tmp_path / "out" / "keep.csv")
    kept = [int(row["kept"]) for row in curve]
    assert kept == sorted(kept)
    assert kept[-1] > 0


def test_lists_come_first_and_leave_nobody_who_would_rather_have_each_other(tmp_path):
    (tmp_path / "wishes.csv").write_text("mentee,mentor\nE-101,M-503\nE-101,M-504\nE-102,M-503\n")
    (tmp_path / "offers.csv").write_text(
        "mentor,mentee,rank\nM-503,E-102,1\nM-503,E-101,2\nM-504,E-101,1\n"
    )
    files = [
        "--choices",
        str(tmp_path / "wishes.csv"),
        "--mentor-choices",
        str(tmp_path / "offers.csv"),
    ]

    assert run(tmp_path / "out", *files) == 0

    mentor_of = {r["mentee"]: r["mentor"] for r in rows_of(tmp_path / "out" / "matches.csv")}
    facts = json.loads((tmp_path / "out" / "lists.json").read_text())
    assert (mentor_of["E-102"], facts["blocking_pairs"]) == ("M-503", 0)
    assert facts["matches_from_lists"] == sum(
        (mentee, mentor_of.get(mentee))
        in {("E-101", "M-503"), ("E-101", "M-504"), ("E-102", "M-503")}
        for mentee in ("E-101", "E-102")
    )


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("mentee,mentor\nE-101,nobody\n", "row 2: nobody in these files"),
        ("mentee,mentor,rank\nE-101,M-503,best\n", "row 2, rank: “best” is not a rank"),
        ("mentee,score\nE-101,5\n", "needs the headings mentee and mentor"),
    ],
)
def test_broken_choices_are_one_sentence(tmp_path, capsys, table, said):
    (tmp_path / "wishes.csv").write_text(table)

    assert run(tmp_path / "out", "--choices", str(tmp_path / "wishes.csv")) == 2

    assert said in capsys.readouterr().err


def test_what_mentors_chose_goes_with_what_mentees_chose(tmp_path, capsys):
    assert run(tmp_path, "--serve-most") == 2

    assert "go with --choices" in capsys.readouterr().err


def pinned(folder: Path) -> tuple[str, ...]:
    """Pin the two weakest matches of a plain run."""
    run(folder / "plain")
    weakest = sorted(rows_of(folder / "plain" / "matches.csv"), key=lambda row: int(row["score"]))
    lines = [f"{row['mentee']},{row['mentor']}" for row in weakest[:2]]
    (folder / "pins.csv").write_text("\n".join(["mentee,mentor", *lines]) + "\n")
    return "--pinned", str(folder / "pins.csv")


def test_options_and_the_slider_count_the_pins_as_the_certificate_does(tmp_path):
    run(tmp_path / "out", "--tradeoffs", *pinned(tmp_path))

    found = certificate_of(tmp_path / "out")
    options = {row["objective"]: row for row in rows_of(tmp_path / "out" / "options.csv")}
    mine = options["worst-first"]
    assert (int(mine["served"]), int(mine["total"])) == (found["matched"], found["total"])
    assert int(mine["worst"]) == found["worst"]
    first = rows_of(tmp_path / "out" / "slider.csv")[0]
    assert (first["served"], first["total"]) == (
        options["served"]["served"],
        options["served"]["total"],
    )


def test_the_price_of_a_rule_stands_under_its_own_heading(tmp_path):
    design = tmp_path / "design.toml"
    design.write_text(
        '[[constraints]]\nname = "clock"\nkind = "max_hours_apart"\nvalue = 2\n[objective]\nfloor = 0\n'
    )
    plain = tmp_path / "plain.toml"
    plain.write_text("constraints = []\n[objective]\nfloor = 0\n")
    run(tmp_path / "with", "--tradeoffs", "--design", str(design))
    run(tmp_path / "without", "--design", str(plain))

    before, after = (certificate_of(tmp_path / name) for name in ("with", "without"))
    row = next(r for r in rows_of(tmp_path / "with" / "rules.csv") if r["rule"] == "clock")

    assert int(row["more_served_without_it"]) == after["matched"] - before["matched"]
    assert int(row["worst_match_higher_by"]) == after["worst"] - before["worst"]
    assert int(row["total_higher_by"]) == after["total"] - before["total"]


@pytest.mark.parametrize("bonus", ["0.01", "0.1"])
def test_keep_file_tells_what_the_run_itself_would_keep(tmp_path, bonus):
    run(tmp_path / "before", "--objective", "stable")
    kept = tmp_path / "before" / "matches.csv"
    design = tmp_path / "design.toml"
    design.write_text(f"[objective]\nkeep_bonus = {bonus}\n")

    run(tmp_path / "out", "--kept", str(kept), "--tradeoffs", "--design", str(design))

    told = {row["keep_bonus"]: row for row in rows_of(tmp_path / "out" / "keep.csv")}
    was = {(row["mentee"], row["mentor"]) for row in rows_of(kept)}
    now = {(r["mentee"], r["mentor"]) for r in rows_of(tmp_path / "out" / "matches.csv")}
    mine = told[str(round(float(bonus) * 1_000_000))]
    assert int(mine["kept"]) == len(was & now)
    assert int(mine["total"]) == certificate_of(tmp_path / "out")["total"]


@pytest.mark.parametrize("objective", [o.value for o in Objective if o is not Objective.BALANCED])
def test_why_not_ends_and_tells_the_truth_under_every_objective(tmp_path, capsys, objective):
    run(tmp_path, "--objective", objective)
    taken = {(row["mentee"], row["mentor"]) for row in rows_of(tmp_path / "matches.csv")}
    mentee, mentor = next(
        (m, o) for m, _ in sorted(taken) for _, o in sorted(taken) if (m, o) not in taken
    )
    before = certificate_of(tmp_path)
    capsys.readouterr()

    assert run(tmp_path / "out", "--objective", objective, "--why", mentee, mentor) == 0

    told = capsys.readouterr().out
    (tmp_path / "pin.csv").write_text(f"mentee,mentor\n{mentee},{mentor}\n")
    if "may not meet" not in told:
        run(tmp_path / "with", "--objective", objective, "--pinned", str(tmp_path / "pin.csv"))
        points = before["total"] - certificate_of(tmp_path / "with")["total"]
        assert not points or f"{abs(points):,} point" in told


@pytest.mark.parametrize("objective", ["nash", "soft-min", "stable"])
def test_prices_are_in_points_whatever_the_objective(tmp_path, objective):
    run(tmp_path / "a", "--needs", "--objective", "served")
    run(tmp_path / "b", "--needs", "--objective", objective)

    assert rows_of(tmp_path / "a" / "prices.csv") == rows_of(tmp_path / "b" / "prices.csv")


def test_under_the_total_a_price_counts_nobody(tmp_path):
    run(tmp_path, "--needs", "--objective", "total")

    prices = rows_of(tmp_path / "prices.csv")
    assert {row["one_more_serves"] for row in prices} == {""}
    assert max(int(row["one_more_points"]) for row in prices) > 0


def test_who_a_stable_matching_leaves_out_reads_so(tmp_path):
    run(tmp_path / "most", "--objective", "served")
    run(tmp_path / "stable", "--objective", "stable")

    reasons = {row["reason"] for row in rows_of(tmp_path / "stable" / "unmatched.csv")}
    assert not any("largest total" in reason for reason in reasons)


def test_a_pin_that_breaks_a_rule_is_told_as_the_match_it_is(tmp_path, capsys):
    (tmp_path / "pin.csv").write_text("mentee,mentor\nE-101,M-501\n")
    (tmp_path / "past.csv").write_text("mentee,mentor,reason\nE-101,M-501,past_pair\n")
    files = "--pinned", str(tmp_path / "pin.csv"), "--blocked", str(tmp_path / "past.csv")

    assert run(tmp_path / "out", *files, "--why", "mentee01@cohort.example.org", "M-501") == 0
    assert "E-101 and M-501 are a match" in capsys.readouterr().out
    assert run(tmp_path / "other", *files, "--why", "E-101", "M-502") == 0
    assert "E-101 is pinned to somebody else: lift the pin first." in capsys.readouterr().out
    assert (tmp_path / "other" / "matches.csv").exists()


def test_cards_tell_rank_coverage_and_the_next_best(tmp_path):
    run(tmp_path, "--cards")

    cards, matches = rows_of(tmp_path / "cards.csv"), rows_of(tmp_path / "matches.csv")
    assert [(c["mentee"], c["mentor"], c["score"]) for c in cards] == [
        (m["mentee"], m["mentor"], m["score"]) for m in matches
    ]
    assert all(0 <= int(card["coverage"]) <= 100 and int(card["rank"]) >= 1 for card in cards)
    best = next(card for card in cards if card["rank"] == "1")
    assert int(best["next_best"].split("; ")[0].rsplit(" ", 1)[1]) <= int(best["score"])


def test_ranked_choices_have_a_certificate_of_their_own(tmp_path, capsys):
    (tmp_path / "few.csv").write_text("mentee,mentor\nE-101,M-501\n")
    (tmp_path / "more.csv").write_text("mentee,mentor\nE-101,M-501\nE-103,M-502\n")

    run(tmp_path / "plain")
    for name in ("few", "more"):
        assert run(tmp_path / name, "--choices", str(tmp_path / f"{name}.csv")) == 0
    refused = run(tmp_path / "no", "--choices", str(tmp_path / "few.csv"), "--objective", "total")

    found = [certificate_of(tmp_path / name) for name in ("plain", "few", "more")]
    assert [each["objective"] for each in found] == ["worst-first", "lists-first", "lists-first"]
    assert len({each["inputs_sha256"] for each in found}) == 3
    assert (refused, "leave --objective out" in capsys.readouterr().err) == (2, True)


def test_why_not_says_that_ranked_choices_come_first(tmp_path, capsys):
    (tmp_path / "few.csv").write_text("mentee,mentor\nE-101,M-501\n")

    assert run(tmp_path, "--choices", str(tmp_path / "few.csv"), "--why", "E-103", "M-501") == 0

    told = capsys.readouterr().out
    assert "Ranked choices come first" in told or "are a match" in told or "may not meet" in told


def test_a_search_that_was_stopped_names_no_shortage(tmp_path, monkeypatch):
    monkeypatch.setattr("lodestar.engine.matching.cohort.LISTED_CELLS", 1)

    run(tmp_path / "stopped", "--seconds", "0")

    found = certificate_of(tmp_path / "stopped")
    reasons = [row["reason"] for row in rows_of(tmp_path / "stopped" / "unmatched.csv")]
    assert found["served_bound"] <= found["mentees"]
    assert found["bound"] <= found["mentees"] * (1_000_000 + 2 * 10**9)
    if found["served_bound"] != found["matched"]:
        assert any("stopped" in reason for reason in reasons)
        assert not any("can only be served by" in reason for reason in reasons)


def test_whoever_left_since_is_said_and_nothing_is_kept_for_them(tmp_path, capsys):
    (tmp_path / "kept.csv").write_text("mentee,mentor\nE-101,M-501\ngone@example.org,M-502\n")

    assert run(tmp_path / "out", "--kept", str(tmp_path / "kept.csv")) == 0

    told = capsys.readouterr().err
    assert "kept.csv: “gone@example.org” (row 3) is not here any more" in told


def test_a_choice_that_stands_twice_is_refused_with_both_rows(tmp_path, capsys):
    lines = ["mentee,mentor", "E-101,M-501", "E-103,M-501", "E-101,M-501"]
    (tmp_path / "choices.csv").write_text("\n".join(lines) + "\n")

    assert run(tmp_path / "out", "--choices", str(tmp_path / "choices.csv")) == 2

    told = capsys.readouterr().err
    assert "choices.csv, row 4: E-101 chose M-501 in row 2 already." in told
