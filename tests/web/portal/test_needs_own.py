"""Somebody answers a program's own questions in the needs survey."""

import pytest
from django.test import Client

from lodestar.domain.forms.rules import Words, as_data
from lodestar.domain.needs.models import NeedsAnswer
from tests.factories.forms import make_question
from tests.factories.needs import make_survey
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_design
from tests.web.portal.test_needs import address, text_of

pytestmark = pytest.mark.django_db
GERMAN = {"de": Words("Welcher Sport?", "", {"Chess": "Schach"})}
SPORT = make_question(use="report", is_required=True, words=GERMAN)
WHY = make_question("why", "Why that one?", "long", only_if=("sport", "Chess"))
SAID = {
    "topics_wished": ["Interviews"],
    "first": "Interviews",
    "consent": "on",
    "asked": ["q_sport"],
}


@pytest.fixture
def survey():
    design = make_design(surveys={"needs": as_data([SPORT, WHY])})
    return make_survey(make_cohort(design.program, design=design))


def test_a_visitor_answers_what_follows_too_and_sends_it_then(survey):
    visitor = Client()

    page = text_of(visitor.get(address(survey)))
    first = visitor.post(address(survey), SAID | {"q_sport": "Chess"})
    between = text_of(visitor.get(address(survey)))
    kept = NeedsAnswer.objects.get()
    more = {"asked": ["q_sport", "q_why"], "q_sport": "Chess", "q_why": "The silence."}
    visitor.post(address(survey), SAID | more)

    assert "Why that one?" not in page
    assert "It takes about 3 minutes." in page
    assert "Only topics are needed." not in page
    assert first["Location"] == address(survey) + "#question-q_why"
    assert "From what you said, this follows." in between
    assert "Why that one?" in between
    assert kept.sent_at is None
    kept.refresh_from_db()
    assert kept.sent_at is not None
    assert (kept.answers["q_sport"], kept.answers["q_why"]) == ("Chess", "The silence.")
    assert kept.answers["topics"] == ["Interviews"]


def test_with_scripts_what_follows_is_asked_at_once_and_nothing_kept(survey):
    said = SAID | {"look": "yes", "q_sport": "Chess"}

    piece = Client().post(address(survey), said, headers={"HX-Request": "true"})

    assert "Why that one?" in text_of(piece)
    assert "<h1" not in text_of(piece)
    assert NeedsAnswer.objects.count() == 0


def test_what_has_to_be_answered_is_asked_again_with_all_that_was_written(survey):
    answer = Client().post(address(survey), SAID | {"about": "Time to think"})

    page = text_of(answer)
    assert answer.status_code == 422
    assert page.count("One more look, please") == 1
    assert 'href="#id_q_sport_0"' in page
    assert "Time to think" in page
    assert NeedsAnswer.objects.count() == 0


def test_it_is_left_and_resumed(survey):
    browser = signed_in(make_person())

    browser.post(address(survey), {"later": "yes", "asked": ["q_sport"], "q_sport": "Sailing"})
    page = text_of(browser.get(address(survey)))

    assert "Kept, but not sent yet" in page
    assert 'value="Sailing" id="id_q_sport_2" required checked' in page or "checked" in page
    assert NeedsAnswer.objects.get().answers == {"q_sport": "Sailing"}


def test_it_is_read_in_the_language_that_somebody_chooses(survey):
    visitor = Client()

    before = text_of(visitor.get(address(survey)))
    answer = visitor.post(address(survey) + "language/", {"language": "de"})
    after = text_of(visitor.get(address(survey)))

    assert "Which sport do you do?" in before
    assert answer["Location"] == address(survey)
    assert "Welcher Sport?" in after
    assert "Schach" in after


def test_no_partner_is_spoken_of_where_none_will_ever_read_it(survey):
    page = text_of(Client().get(address(survey)))

    assert "Your partner sees" not in page
    assert "Only the office and the matching see this." not in page
