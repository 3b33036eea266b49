"""Free text as a signal: do words, themes or meaning find the mentors that real organisers chose?

python -m bench.ols

Ranks the mentors of each cohort of Open Seeds for each project, and looks where the organisers'
choice lands (set `ols-mentoring`); then shows how many tags of volunteer mentors nobody else uses (set
`mentor-directory`). LODESTAR_DATA says where the sets are. The organisers' choice is one good choice,
not the only one. Whatever is learned for a cohort is learned on the three others. About a minute on one
idle core, most of it for `meaning`, which is left out where its package is not installed.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from math import comb
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.ols_projects import Numbers, Program, Project, Rows, Scores, rows_of
from lodestar.engine.answers import meaning, themes, words
from lodestar.engine.answers.topics import topic_of
from lodestar.engine.answers.values import plain
from lodestar.engine.answers.words import LENGTH
from lodestar.engine.matching.cohort import score_people
from lodestar.engine.matching.defaults import default_design
from lodestar.engine.matching.problem import Answer, Mentee, Mentor
from lodestar.web.cli.meaning_files import INSTALL, has_language_model, language_model

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("LODESTAR_DATA", ROOT.parent / "shared" / "data"))
DRAWS = 2_000
RIDGE = 30.0
NEAR_HOURS = 3
DAY_MINUTES = 1_440
FULL_CLOSENESS = 0.4
BASELINE = ("0.125", "0.275", "", "0.56")
MEASURES = ("hit@1", "hit@5", "MRR", "AUC")


def texts_of(program: Program) -> dict[str, Callable[[Project], str]]:
    """Return the texts of a project by name; `all` is everything that is known of it."""

    def keys(project: Project) -> str:
        return f"{project.row['title']}. {project.row['keywords']}"

    def goal(project: Project) -> str:
        return project.row["goal_text"]

    def mentees(project: Project) -> str:
        return "; ".join(filter(None, map(program.expertise, project.mentees)))

    def everything(project: Project) -> str:
        return "\n".join([keys(project), goal(project), mentees(project)])

    return {"goal": goal, "keywords": keys, "mentees": mentees, "all": everything}


def likenesses(
    cases: Sequence[Project], program: Program, method: str, text: Callable[[Project], str]
) -> Scores:
    """Compare each project with each mentor of its cohort; 1 is full likeness."""
    found: Scores = []
    for cohort in cohorts(cases):
        own = [case for case in cases if case.cohort == cohort]
        mine = tuple(text(case) for case in own)
        theirs = tuple(program.expertise(mentor) for mentor in own[0].pool)
        found.extend(products(method, mine, theirs) / LENGTH**2)
    return found


def products(method: str, mine: tuple[str, ...], theirs: tuple[str, ...]) -> Numbers:
    if method == "words":
        sparse = words.vectors_of(mine, theirs)
        return (sparse.mentees @ sparse.mentors.T).toarray().astype(np.float64)
    if method == "themes":
        dense = themes.vectors_of(mine, theirs)
    else:
        rows = np.array([embedding(text) for text in (*mine, *theirs)])
        told = rows.any(axis=1)
        basis = themes.leading_directions(rows, themes.THEMES, seed=0)
        dense = themes.laid_out(rows, basis, told[: len(mine)], told[len(mine) :])
    return (dense.mentees @ dense.mentors.T).astype(np.float64)


@cache
def embedding(text: str) -> Numbers:
    return meaning.embeddings_of([text], model())[0][0]


@cache
def model() -> meaning.LanguageModel:
    return language_model()


ASKED = ("topics", "about", "time_zone")


def engine_scores(cases: Sequence[Project], program: Program) -> tuple[Scores, list[Scores]]:
    """Score each project with each mentor as a match run does, by the usual design, tuned on nothing.

    Also returns the points of each criterion that both answered, for weights learned on other cohorts.
    """
    found: Scores = []
    parts: list[Scores] = [[] for _ in ASKED]
    for cohort in cohorts(cases):
        own = [case for case in cases if case.cohort == cohort]
        mentees = [Mentee(f"{n:04d}", asked_by(case, program)) for n, case in enumerate(own)]
        mentors = [Mentor(key, offered_by(key, program)) for key in own[0].pool]
        scorer = score_people(mentees, mentors, default_design()).scorer
        names = [criterion.name for criterion in scorer.compiled.criteria]
        columns = np.arange(len(mentors))
        for row in range(len(own)):
            weighed = scorer.weigh(np.full(len(mentors), row), columns)
            found.append(weighed.score.astype(np.float64))
            for part, name in zip(parts, ASKED, strict=True):
                part.append(weighed.contributions[:, names.index(name)].astype(np.float64))
    return found, parts


def asked_by(case: Project, program: Program) -> dict[str, Answer]:
    texts = texts_of(program)
    zones = [program.people[mentee]["timezone"] for mentee in case.mentees]
    return {
        "topics": tags_in(texts["keywords"](case).replace(",", ";").replace(". ", ";")),
        "about": texts["all"](case),
        "time_zone": next(filter(None, zones), ""),
    }


def offered_by(mentor: str, program: Program) -> dict[str, Answer]:
    told = program.expertise(mentor)
    zone = program.people[mentor]["timezone"]
    return {"topics": tags_in(told), "about": told, "time_zone": zone}


def tags_in(words: str) -> tuple[str, ...]:
    return tuple(topic_of(tag.strip()) for tag in words.split(";") if tag.strip())


def hours_apart(cases: Sequence[Project], program: Program) -> Scores:
    """Return the mean distance of the clocks; unknown ones count as the mean of the pool."""
    found = []
    for case in cases:
        apart = np.array([hours_between(case.mentees, mentor, program) for mentor in case.pool])
        known = np.nanmean(apart) if np.isfinite(apart).any() else 0.0
        found.append(np.where(np.isfinite(apart), apart, known))
    return found


def hours_between(mentees: Sequence[str], mentor: str, program: Program) -> float:
    there = program.minutes[mentor]
    here = [program.minutes[mentee] for mentee in mentees]
    if there is None or not any(minutes is not None for minutes in here):
        return float("nan")
    apart = [abs(minutes - there) for minutes in here if minutes is not None]
    return float(np.mean([min(gap, DAY_MINUTES - gap) for gap in apart])) / 60


def shared_topics(cases: Sequence[Project], program: Program) -> Scores:
    """Count the topics named on both sides, after the table of topics."""

    def topics(*lists: str) -> set[str]:
        return {plain(topic_of(part)) for text in lists for part in text.split(";") if part.strip()}

    offered = {person: topics(row["expertise"]) for person, row in program.people.items()}
    wanted = [topics(case.row["keywords"], *map(program.expertise, case.mentees)) for case in cases]
    return [
        np.array([float(len(own & offered[mentor])) for mentor in case.pool])
        for case, own in zip(cases, wanted, strict=True)
    ]


def returning(cases: Sequence[Project], program: Program) -> Scores:
    """Say which mentors were mentees of an earlier cohort."""

    def was_mentee(person: str, before: str) -> float:
        pairs = [role.split(":") for role in program.people[person]["roles"].split("; ")]
        return float(any("mentee" in roles for cohort, roles in pairs if cohort < before))

    return [np.array([was_mentee(m, case.cohort) for m in case.pool]) for case in cases]


def learned(cases: Sequence[Project], features: Sequence[Scores]) -> Scores:
    """Return scores whose weights were learned on the other cohorts only (McFadden 1974)."""
    tables = [
        np.column_stack([standard(feature[place]) for feature in features])
        for place in range(len(cases))
    ]
    scores: list[Numbers] = [np.zeros(0)] * len(cases)
    for cohort in cohorts(cases):
        others = [place for place, case in enumerate(cases) if case.cohort != cohort]
        weights = fitted([tables[p] for p in others], [cases[p].real for p in others])
        for place, case in enumerate(cases):
            if case.cohort == cohort:
                scores[place] = tables[place] @ weights
    return scores


def standard(values: Numbers) -> Numbers:
    return (values - values.mean()) / (values.std() or 1.0)


def fitted(tables: Sequence[Numbers], real: Sequence[NDArray[np.bool_]]) -> Numbers:
    """Fit a conditional logit with a ridge by Newton's method."""
    width = tables[0].shape[1]
    weights = np.zeros(width)
    for _ in range(20):
        slope, bend = -RIDGE * weights, RIDGE * np.eye(width)
        for table, chosen in zip(tables, real, strict=True):
            chance = np.exp(table @ weights)
            chance /= chance.sum()
            mean = chance @ table
            slope = slope + table[chosen].sum(axis=0) - chosen.sum() * mean
            bend = bend + chosen.sum() * ((table - mean).T * chance) @ (table - mean)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def placed_once(cases: Sequence[Project], scores: Scores) -> Scores:
    """Let the projects of a cohort compete: each mentor is wanted about once (Sinkhorn 1967)."""
    found: list[Numbers] = [np.zeros(0)] * len(cases)
    for cohort in cohorts(cases):
        own = [place for place, case in enumerate(cases) if case.cohort == cohort]
        chance = np.exp(np.array([scores[place] for place in own]))
        for _ in range(50):
            chance /= chance.sum(axis=1, keepdims=True)
            chance /= chance.sum(axis=0)
        for place, row in zip(own, chance, strict=True):
            found[place] = row
    return found


def measured(score: Numbers, real: NDArray[np.bool_]) -> tuple[float, ...]:
    """Return hit@1, hit@5, reciprocal rank and AUC of the real mentors; ties count by chance."""
    mine, others = score[real], score[~real]
    ahead, tied = int((score > mine.max()).sum()), int((score == mine.max()).sum())
    own = int((mine == mine.max()).sum())

    def hit(most: int) -> float:
        seats = min(max(most - ahead, 0), tied)
        return 1 - comb(tied - own, seats) / comb(tied, seats)

    first = [comb(tied - n, own - 1) / comb(tied, own) / (ahead + n) for n in range(1, tied + 1)]
    above = (mine[:, np.newaxis] > others).mean() + (mine[:, np.newaxis] == others).mean() / 2
    return hit(1), hit(5), sum(first), float(above)


def print_line(name: str, table: Numbers, base: Numbers | None) -> None:
    """Print means with bootstrap intervals over projects, and the gain in AUC over words."""
    draws = np.random.default_rng(1).integers(0, len(table), (DRAWS, len(table)))
    low, high = np.percentile(table[draws].mean(axis=1), [2.5, 97.5], axis=0)
    told = [
        f"{m:.3f} [{a:.2f} {b:.2f}]" for m, a, b in zip(table.mean(axis=0), low, high, strict=True)
    ]
    gain = ""
    if base is not None:
        more = table[:, 3] - base[:, 3]
        a, b = np.percentile(more[draws].mean(axis=1), [2.5, 97.5])
        gain = f"{more.mean():+.3f} [{a:+.2f} {b:+.2f}]"
    print(f"{name:36}{'  '.join(told)}  {gain}")


def print_table(cases: Sequence[Project], program: Program, methods: Sequence[str]) -> None:
    found = signals(cases, program, methods)
    table = {
        name: np.array([measured(s, c.real) for s, c in zip(scores, cases, strict=True)])
        for name, scores in found.items()
    }
    print(f"{'':36}{'  '.join(f'{name:17}' for name in MEASURES)}  AUC more than words")
    print(f"{'published TF-IDF':36}{'  '.join(f'{told:17}' for told in BASELINE)}")
    for name, lines in table.items():
        print_line(name, lines, table["words, all texts"])
    for method in methods:
        every = np.concatenate(found[f"{method}, all texts"])
        print(
            f"{method}: likeness of the middle pair {np.median(every):.2f}, of the 95th in a hundred "
            f"{np.percentile(every, 95):.2f}; {np.mean(every >= FULL_CLOSENESS):.1%} count in full"
        )


def signals(
    cases: Sequence[Project], program: Program, methods: Sequence[str]
) -> dict[str, Scores]:
    """Return every signal by the name under which it is printed."""
    texts = texts_of(program)
    like = {
        (method, name): likenesses(cases, program, method, text)
        for method in methods
        for name, text in texts.items()
    }
    hours = [-apart for apart in hours_apart(cases, program)]
    near = [(apart >= -NEAR_HOURS).astype(np.float64) for apart in hours]
    clocks = [hours, near]
    topics, back = shared_topics(cases, program), returning(cases, program)
    found = {"chance": [np.zeros(len(case.pool)) for case in cases]}
    usual, parts = engine_scores(cases, program)
    found |= {
        "the engine, usual weights": usual,
        "the engine, weights learned": learned(cases, parts),
    }
    for method in methods:
        found |= {
            f"{method}, {name}": like[method, name] for name in ("goal", "keywords", "mentees")
        }
        found[f"{method}, all texts"] = like[method, "all"]
    found |= {
        "time zone": learned(cases, clocks),
        "shared topics": topics,
        "returning mentee": back,
    }
    for method in methods:
        three = [like[method, name] for name in ("goal", "keywords", "mentees")]
        two = [like[method, name] for name in ("all", "keywords")]
        found[f"{method}, three texts, learned"] = learned(cases, three)
        found[f"{method} + time zone, learned"] = learned(cases, [*two, *clocks])
        found[f"{method} + all else, learned"] = learned(cases, [*three, *clocks, topics, back])
        best = learned(cases, [*two, *clocks, topics])
        found[f"{method} + zone + topics, learned"] = best
        found[f"  {method}: each mentor wanted once"] = placed_once(cases, best)
    every = [like[method, name] for method in methods for name in ("all", "keywords")]
    found["all methods + zone + topics"] = learned(cases, [*every, *clocks, topics])
    return found


def cohorts(cases: Sequence[Project]) -> list[str]:
    return sorted({case.cohort for case in cases})


def print_directory(rows: Rows) -> None:
    """Show how many tags of volunteer mentors nobody else uses, as written and by the table."""
    written = [{plain(tag) for tag in row["tags"].split(";") if tag.strip()} for row in rows]
    named = [{plain(topic_of(tag)) for tag in tags} for tags in written]
    print(f"\nTags of {len(rows)} volunteer mentors")
    for title, lists in (("as written", written), ("by the table of topics", named)):
        use = Counter(tag for tags in lists for tag in tags)
        alone = sum(times == 1 for times in use.values())
        pairs = [bool(lists[a] & lists[b]) for a in range(len(lists)) for b in range(a)]
        print(
            f"{title:24}{len(use)} tags, {alone} ({alone / len(use):.0%}) used by one person only; "
            f"{np.mean(pairs):.0%} of all pairs of people share one"
        )
    known = sum(topic_of(tag) != tag for tags in written for tag in tags)
    print(f"the table knows {known} of {sum(map(len, written))} mentions")


def main() -> None:
    if not (HOME / "ols-mentoring").is_dir():
        sys.exit(f"The set ols-mentoring is not in {HOME}; LODESTAR_DATA says where to look.")
    methods = ["words", "themes", *(["meaning"] if has_language_model() else [])]
    if "meaning" not in methods:
        print(f"Without meaning: no language model is installed ({INSTALL}).")
    program = Program(HOME / "ols-mentoring")
    for also_offered in (False, True):
        cases = program.cases(also_offered)
        who = "who mentored or offered to" if also_offered else "who mentored"
        print(f"\n{len(cases)} projects, ranked among the cohort's mentors {who}")
        print_table(cases, program, methods)
    if (HOME / "mentor-directory").is_dir():
        print_directory(rows_of(HOME / "mentor-directory" / "mentors.csv"))


if __name__ == "__main__":
    main()
