"""Interest groups at Halden College: turned on, with one in which a few people write."""

from datetime import date, timedelta

from lodestar.demo.travel import go_to
from lodestar.domain.community.actions.interests import join_group, open_group, write_post
from lodestar.domain.people.models import Association, Person

PURPOSE = "For everybody who has moved to a new city, or is about to: rooms, first weeks, and who is there."


def open_new_in_town(people: dict[str, Person], today: date) -> None:
    """Let the admin open a group, and three people ask and answer in it."""
    go_to(today - timedelta(days=15), hour=11)
    Association.objects.update(has_interest_groups=True)
    group = open_group(by=people["admin"], name="New in town", kind="topic", purpose=PURPOSE)
    amina, jonas, ruth = (people[name] for name in ("amina", "jonas", "ruth"))
    for each in (amina, jonas, ruth):
        join_group(group, by=each)
    go_to(today - timedelta(days=9), hour=19)
    asked = write_post(
        group,
        by=jonas,
        text="I start in London in March and know nobody. Where did you look first?",
    )
    go_to(today - timedelta(days=8), hour=8)
    write_post(
        group,
        by=ruth,
        answers=asked,
        text="Near the Overground. Three of us have supper together on first Thursdays: come along.",
    )
    go_to(today - timedelta(days=3), hour=20)
    write_post(
        group, by=amina, text="The library at Canada Water is warm, quiet and open until eight."
    )
