"""The directory at 50,000 mentors: every page through the real view, on SQLite and on PostgreSQL.

python -m bench.directory [--people N] [--rounds N] [--database URL]

Prints p50 and p95 in milliseconds of what a mentee waits for, the mean of our own processor time, how many questions each page asks the
database, and both beside the limit of 300 ms and a named peer in the same run: the search that a
hundred lines of Django would have (`icontains` over the same answers). The people are drawn at random from
words of the demo's cast; a database named by --database is dropped and made anew.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("RATE_LIMITED", "0")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

LIMIT = 300.0
TOPICS = [
    f"{area} {what}"
    for area in (
        "Career",
        "Interview",
        "Salary",
        "Founding",
        "Research",
        "Moving",
        "Leading",
        "Writing",
    )
    for what in ("first steps", "plans", "questions", "practice", "letters", "doubts", "courage")
]
WORDS = [
    "curious",
    "patient",
    "honest",
    "practical",
    "listens",
    "asks",
    "laughs",
    "builds",
    "teaches",
    "reads",
    "travels",
    "family",
    "sea",
    "mountains",
    "music",
    "chess",
    "running",
    "garden",
    "kitchen",
    "startup",
    "hospital",
    "court",
    "school",
    "laboratory",
    "newspaper",
]
ASKED = {
    "everybody, by fit": "",
    "the last page": "page=20",
    "a common word": "text=engineer",
    "a name": "text=Nakamura",
    "a typing mistake": "text=Nakamuar",
    "a rare word": "text=hydrologist+Oslo",
    "a topic": "topic=interview+practice",
    "a topic, a place, a language": "topic=career+plans&place=europe&language=de",
    "hours in common": "together=8&hours=2",
    "those not free": "show=later",
    "nobody": "text=zzyzx",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    folder = tempfile.TemporaryDirectory()
    os.environ["DATABASE_URL"] = options.database or f"sqlite:///{folder.name}/bench.sqlite3"
    os.environ["DATA_DIR"] = folder.name
    begin()
    measure(options.people, options.rounds)


def begin() -> None:
    import django  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    import lodestar.sqlite  # noqa: F401, PLC0415

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from lodestar.domain.common.time import set_clock  # noqa: PLC0415

    set_clock(timezone.now)  # a demo reads its clock from the database, each time
    setup_test_environment(debug=False)
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)


def settle(people: int) -> tuple[object, object]:
    """Make a cohort of so many mentors, some of them full or paused, and one mentee; return both."""
    from lodestar.demo.cast import FIELDS, NAMES, PLACES  # noqa: PLC0415
    from lodestar.domain.applications.models import Application, Participant  # noqa: PLC0415
    from lodestar.domain.applications.rules.answers import for_matching  # noqa: PLC0415
    from lodestar.domain.common.time import now, today  # noqa: PLC0415
    from lodestar.domain.people.models import Person  # noqa: PLC0415
    from tests.factories.directory import make_looking_cohort, make_reader  # noqa: PLC0415

    dice, on = random.Random(1851), today()
    cohort = make_looking_cohort(visibility={"hours_per_month": "proposal", "style": "proposal"})
    given = [name.split(" ")[0] for name in NAMES]
    family = [name.split(" ")[-1] for name in NAMES]

    def answers() -> dict[str, object]:
        city, country, zone, languages = dice.choice(PLACES)
        field = dice.choice(FIELDS)
        told = {
            "topics": {topic: dice.randint(1, 3) for topic in dice.sample(TOPICS, 4)},
            "industry": field.industry, "function": dice.choice(field.functions),
            "employer": dice.choice(field.employers), "field_of_study": dice.choice(field.studies),
            "city": city, "country": country, "time_zone": zone, "languages": list(languages),
            "style": [dice.choice(("listens", "challenges", "opens_doors", "teaches"))],
            "class_year": dice.randint(1970, 2015), "hours_per_month": dice.randint(1, 4),
            "about": " ".join(dice.choices(WORDS, k=40)), "capacity": dice.randint(1, 3),
        }  # fmt: skip
        return for_matching(told, on)

    for first in range(0, people, 5_000):
        count = min(5_000, people - first)
        alumni = Person.objects.bulk_create(
            [
                Person(given_name=dice.choice(given), family_name=dice.choice(family))
                for _ in range(count)
            ]
        )
        told = [answers() for _ in alumni]
        sent = Application.objects.bulk_create(
            [
                Application(cohort=cohort, person=who, role="mentor", status="accepted",
                            answers=said, submitted_at=now())
                for who, said in zip(alumni, told, strict=True)
            ]
        )  # fmt: skip
        Participant.objects.bulk_create(
            [
                Participant(
                    application=each, cohort=cohort, person=each.person, role="mentor",
                    capacity=each.answers["capacity"], answers=each.answers,
                    places_taken=each.answers["capacity"] if dice.random() < 0.2 else 0,
                )
                for each in sent
            ]
        )  # fmt: skip
    reader = make_reader(
        cohort, topics=["Interview practice", "Career plans", "Salary questions"],
        industry="Health care", function="Nurse", field_of_study="Nursing", country="Kenya",
        city="Nairobi",
    )  # fmt: skip
    return cohort, reader


def list_all(cohort: object) -> float:
    """Write every listing, as the sweep does; return how many a second."""
    from lodestar.domain.directory.actions import check_listings, write_shelf  # noqa: PLC0415
    from lodestar.domain.directory.models import Listing  # noqa: PLC0415
    from lodestar.domain.directory.queries.sweeping import without_listing  # noqa: PLC0415

    began = time.perf_counter()
    while missing := without_listing(cohort, 500):
        check_listings(cohort, missing)
    write_shelf(cohort)
    return Listing.objects.count() / (time.perf_counter() - began)


def measure(people: int, rounds: int) -> None:
    """Settle, list, and measure."""
    cohort, reader = settle(people)
    ask_all(cohort, reader, people, rounds, list_all(cohort))


def ask_all(cohort: object, reader: object, people: int, rounds: int, pace: float) -> None:
    """Ask for each page, and print what it took."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from tests.factories.people import signed_in  # noqa: PLC0415

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    browser = signed_in(reader.participant.person)
    print(f"{connection.vendor}, {people:,} mentors; listings written: {pace:,.0f} a second")
    print(f"{'what':32} {'p50':>7} {'p95':>7} {'cpu p50':>8} {'of 300 ms':>9} {'questions':>9}")
    for name, query in ASKED.items():
        address = f"/directory/?{query}"
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = browser.get(address)
        questions = len(asked)  # before the next request forgets them
        assert answer.status_code == 200, (name, answer.status_code)
        began = time.process_time()
        times = sorted(timed(lambda address=address: browser.get(address)) for _ in range(rounds))
        used = 1_000 * (time.process_time() - began) / rounds
        p50, p95 = statistics.median(times), times[int(0.95 * (len(times) - 1))]
        told = f"{p50:7.0f} {p95:7.0f} {used:8.0f} {p95 / LIMIT:9.2f} {questions:9}"
        print(f"{name:32} {told}", flush=True)
    times = sorted(timed(lambda: naive(cohort)) for _ in range(5))
    print(f"{'the peer: icontains, unranked':32} {statistics.median(times):7.0f} {times[-1]:7.0f}")


def naive(cohort: object) -> list[object]:
    """Return what a plain search over the answers would: every word, anywhere, in no order."""
    from django.db.models import Q  # noqa: PLC0415

    from lodestar.domain.applications.models import Participant  # noqa: PLC0415

    found = Participant.objects.filter(cohort=cohort, left_at=None).select_related("person")
    for word in ("hydrologist", "Oslo"):
        found = found.filter(
            Q(answers__icontains=word) | Q(person__given_name__icontains=word)
            | Q(person__family_name__icontains=word)
        )  # fmt: skip
    return [found.count(), list(found.order_by("person__family_name")[:24])]


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return 1_000 * (time.perf_counter() - began)


if __name__ == "__main__":
    main()
