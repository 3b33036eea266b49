"""What has happened at Halden College so far?

A pilot is done, a cohort is in mid-program, one is being recruited; a second program waits for its
match run to be looked at, and holds the letters of a trial run. All of it by the rooms' own actions, so the demo is also a rehearsal.
"""

from datetime import date, timedelta

from django.utils import timezone

from lodestar.demo import circles
from lodestar.demo.cohorts import MENTOR
from lodestar.demo.inbox import write_to_the_office
from lodestar.demo.news import tell_news
from lodestar.demo.offices import (
    found_circles,
    found_first_steps,
    found_good_hour,
    found_turning_points,
    match_alone,
    think_again,
)
from lodestar.demo.people import settle_college
from lodestar.demo.seasons import (
    run_autumn,
    run_evenings,
    run_good_hour,
    run_lunches,
    run_pilot,
    run_turning_points,
    run_winter,
    settle_letters,
)
from lodestar.demo.towns import open_new_in_town
from lodestar.demo.travel import go_to, history
from lodestar.domain.applications.models import Participant
from lodestar.domain.directory.actions import pause
from lodestar.domain.directory.jobs import refresh_listings


def build_college() -> None:
    """Write the whole history up to now."""
    with history():
        today = timezone.localdate()
        people, older, younger = settle_college(today - timedelta(days=420))
        first_steps = found_first_steps(people, today - timedelta(days=400))
        run_pilot(first_steps, older[:12], younger[:12], today)
        run_autumn(first_steps, older[9:30], younger[12:35], today)
        run_winter(first_steps, older[30:42], younger[35:50], younger[50:], today)
        turning_points = found_turning_points(people, today - timedelta(days=90))
        run_turning_points(turning_points, older[42:56], younger[50:], today)
        match_alone(turning_points, today)
        think_again(first_steps, today)
        run_lunches(turning_points, older[30:34], younger[35:45], today)
        run_evenings(turning_points, older[36:41], younger[44:50], today)
        good_hour = found_good_hour(people, today - timedelta(days=60))
        run_good_hour(good_hour, older[14:21], younger[12:20], today)
        circles.run_both(found_circles(people, today - timedelta(days=130)), older, younger, today)
        lena, amina, mei = first_steps.coordinator, people["amina"], people["mei"]
        write_to_the_office(
            first_steps.program, mentee=amina, applicant=mei, office=lena, today=today
        )
        tell_news(people, first_steps.program, today)
        open_new_in_town(people, today)
        look_around(today)
        settle_letters()


def look_around(today: date) -> None:
    """Let one mentor take a pause, and put the directory together."""
    go_to(today, hour=6)
    mentors = Participant.objects.filter(role=MENTOR, places_taken=0, cohort__ends_on__gt=today)
    resting = mentors.order_by("pk").first()
    if resting:
        pause(resting, by=resting.person, until=today + timedelta(days=40))
    refresh_listings(timezone.now())
