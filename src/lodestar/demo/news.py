"""What has Halden College told its people? One word to everybody, and one to those who take part."""

from datetime import date, timedelta

from django.utils import timezone

from lodestar.demo.travel import go_to
from lodestar.domain.community.actions.news import NewsWish, publish_news, write_news
from lodestar.domain.community.jobs import write_news_letters
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Program

HOMECOMING = NewsWish(
    title="Homecoming is on the second Saturday of June",
    text=(
        "The orchard is open from two o’clock, and there is cake as long as there is cake.\n\n"
        "Whoever cannot come: at five we ring the old bell, and you can listen to it over the telephone. "
        "Write to us, and we call you."
    ),
    language="en",
)
FIRST_MEETINGS = (
    "Nine of ten pairs have met",
    "Thank you. Most of you found your first hour within two weeks, and several wrote to us that it was "
    "easier than they had feared.\n\n"
    "If yours is still ahead: open your room and offer two evenings. Two are enough.",
)


def tell_news(people: dict[str, Person], first_steps: Program, today: date) -> None:
    """Let the office tell everybody of the homecoming, and a program's people how it goes."""
    go_to(today - timedelta(days=20), hour=9)
    admin = people["admin"]
    publish_news(write_news(HOMECOMING, by=admin), by=admin, by_letter=False)
    coordinator = first_steps.coordinators.order_by("pk")[0].person
    title, text = FIRST_MEETINGS
    go_to(today - timedelta(days=6), hour=9)
    wish = NewsWish(title=title, text=text, language="en", program=first_steps)
    publish_news(write_news(wish, by=coordinator), by=coordinator, by_letter=True)
    write_news_letters(timezone.now())
