"""A letter can be looked at as it will arrive, and lets nobody act as its reader."""

import re

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter, Link
from lodestar.web.common.letters import preview_of
from lodestar.web.mail.jobs import send_letters
from lodestar.web.mail.links import signature_of
from lodestar.web.mail.preview import preview
from lodestar.web.mail.writing import write
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.feedback import make_pulse
from tests.factories.matching import published_match
from tests.factories.mentorships import make_reachable
from tests.factories.messaging import make_letter, make_link
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"https?://|href=|/m/")


@pytest.fixture
def proposals():
    cohort = make_cohort()
    mentor = make_mentor(cohort, make_reachable("Ruth", "Okafor"))
    mentee = make_mentee(cohort, make_reachable("ليلى", "المنصوري"))
    published_match(cohort, mentor=mentor, mentee=mentee)
    return list(Letter.objects.select_related("person"))


def letters_of_many_kinds(proposals):
    draft = make_application(make_cohort(), make_reachable("Mei", "Tanaka"), status="draft")
    pulse = make_pulse()
    return [
        *proposals,
        make_letter("applications.unfinished", to=draft.person, about=draft),
        make_letter("feedback.pulse", to=pulse.participant.person, about=pulse),
    ]


def test_a_preview_says_what_the_letter_will_say(proposals):
    seen = preview_of(proposals[0])
    mail = write(proposals[0], "ruth@example.org")

    said = [line for line in seen.text.splitlines() if "own link" not in line]
    sent = [line for line in mail.body.splitlines() if "http" not in line]
    assert (seen.subject, said, seen.problem) == (mail.subject, sent, "")
    assert "(here stands the reader’s own link)" in seen.text
    assert "Read and answer" in seen.html


def test_no_live_link_is_in_a_preview_nor_opened_by_it(proposals):
    letters = letters_of_many_kinds(proposals)
    send_letters(now())  # the very links that a look must not show are now alive
    live = list(Link.objects.all())

    seen = [preview(letter) for letter in letters]

    shown = "\n".join(part for each in seen for part in (each.subject, each.text, each.html))
    keys = [key for link in live for key in (link.public_id, signature_of(link))]
    assert len(live) >= 4
    assert [key for key in keys if key in shown] == []
    assert ADDRESS.findall(shown) == []
    assert Link.objects.count() == len(live)
    assert "No more letters like this one" in seen[2].text


def test_a_look_leaves_no_mark_on_letters_that_are_sent_afterwards(proposals):
    preview(proposals[0])

    assert Link.objects.count() == 0
    assert "/m/" in write(proposals[0], "ruth@example.org").body


def test_what_cannot_be_written_says_so():
    letter = make_letter("matching.proposed", to=make_reachable("Ruth", "Okafor"))

    assert (
        preview(letter).problem == "It cannot be written as things stand, so it would not go out."
    )
    assert make_link(about=letter)
