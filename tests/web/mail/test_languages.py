"""Two readers of one event each have their letter in their own language; jobs speak as the house does."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from lodestar.config import jobs as config_jobs
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Association
from lodestar.web.mail.preview import preview
from lodestar.web.mail.writing import write
from tests.factories.matching import published_match
from tests.factories.messaging import make_code_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    """Return a match of a mentor who reads the trial language with a mentee who reads English."""
    match = published_match()
    match.mentor.person.reads_in = "qps"
    match.mentor.person.save()
    return match


def letter_to(person):
    return Letter.objects.get(kind="matching.proposed", person=person)


def test_one_event_two_readers_two_languages(match):
    theirs, hers = (
        write(letter_to(p.person), "a@example.org") for p in (match.mentor, match.mentee)
    )

    assert theirs.subject == "⟦Wé föûñd å méñtéé för ýöû: Amina Odhiambo⟧"
    assert hers.subject == "We found a mentor for you: Ruth Okafor"
    assert (theirs.extra_headers["Content-Language"], hers.extra_headers["Content-Language"]) == (
        "qps",
        "en",
    )
    assert '<html lang="qps" dir="rtl"' in theirs.alternatives[0].content
    assert '<html lang="en" dir="ltr"' in hers.alternatives[0].content
    assert translation.get_language() == settings.LANGUAGE_CODE


def test_every_sentence_of_a_letter_is_in_its_readers_language(match):
    mail = write(letter_to(match.mentor.person), "a@example.org")

    ours = [line for line in mail.body.splitlines() if re.search(r"[a-zA-Z]{3}", line)]
    bare = [line for line in ours if "⟦" not in line and "http" not in line]
    assert [line for line in bare if line != "Alumni association"] == []
    assert re.search(r"⟦(Möñ|Tûés|Wéd|Thûrs|Frî|Såtûr|Sûñ)", mail.body)


def test_an_office_sees_a_letter_as_its_reader_will(match):
    assert preview(letter_to(match.mentor.person)).subject.startswith("⟦Wé föûñd")


def test_the_page_behind_a_letter_speaks_as_the_letter_did(match):
    body = write(letter_to(match.mentor.person), "a@example.org").body
    path = re.search(r"http://testserver(/m/\S+)", body)[1]

    page, chosen = Client().get(path), Client()
    chosen.post("/language/", {"language": "en"})

    assert page["Content-Language"] == "qps"
    assert b'<html lang="qps" dir="rtl">' in page.content
    assert chosen.get(path)["Content-Language"] == "en"
    assert Client().get(path[:-9] + "aaaaaaaa/")["Content-Language"] == "qps"
    assert Client().get("/m/nobody/knows/")["Content-Language"] == "en"


def test_whoever_has_chosen_nothing_is_written_to_as_the_association_speaks(match):
    Association.objects.create(name="Amicale", reads_in="fr")

    mail = write(letter_to(match.mentee.person), "a@example.org")

    assert mail.extra_headers["Content-Language"] == "fr"


def test_a_code_comes_in_the_language_of_the_page_that_asked_for_it():
    letter = make_code_letter(email="zoe@example.org")
    Letter.objects.filter(pk=letter.pk).update(words=letter.words | {"language": "fr"})
    letter.refresh_from_db()

    assert write(letter, "zoe@example.org").subject == "Votre code pour Association d’alumni"


def test_jobs_speak_as_the_association_does(monkeypatch):
    Association.objects.create(name="Amicale", reads_in="fr")
    heard = []
    job = config_jobs.Job("tests.web.mail.test_languages.listen", config_jobs.timedelta(1))
    monkeypatch.setitem(config_jobs.JOBS, "listen", job)
    monkeypatch.setattr(
        config_jobs.Job,
        "function",
        property(lambda _job: lambda _now: heard.append(translation.get_language())),
    )

    config_jobs.run_job.func("listen")

    assert heard == ["fr"]
    assert now()
