"""Each reader is spoken to in their own language, and can choose another without a script."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext, pgettext

from lodestar.config.formats.fr.formats import PATTERNS
from lodestar.domain.people.models import Account, Association
from lodestar.web.common.languages import house_language, offered
from lodestar.web.common.pseudo import accented
from tests.factories.people import make_person, signed_in

pytestmark = pytest.mark.django_db
FRENCH = {"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"}


def spoken(response) -> tuple[str, str]:
    """Return the language and direction that a page declares."""
    found = re.search(rb'<html lang="(\w+)" dir="(\w+)">', response.content)
    return found[1].decode(), found[2].decode()


def choose(client, code, then="/"):
    return client.post("/language/", {"language": code, "next": then})


def test_a_visitor_reads_what_their_browser_asks_for():
    french, german = (Client(headers=h).get("/") for h in (FRENCH, {"Accept-Language": "de"}))

    assert (spoken(french), french["Content-Language"]) == (("fr", "ltr"), "fr")
    assert spoken(german) == ("en", "ltr")
    assert {"Accept-Language", "Cookie"} <= set(re.split(r",\s*", french["Vary"]))


def test_where_the_browser_asks_for_nothing_we_have_the_association_says_in_what_it_speaks():
    Association.objects.create(name="Amicale", reads_in="fr")

    assert spoken(Client(headers={"Accept-Language": "de"}).get("/")) == ("fr", "ltr")
    assert house_language() == "fr"


def test_a_visitor_chooses_once_and_their_browser_keeps_it():
    client = Client(headers=FRENCH)

    answer = choose(client, "en", "/accounts/sign-in/")

    assert answer["Location"] == "/accounts/sign-in/"
    assert answer.cookies["language"]["httponly"] is True
    assert spoken(client.get("/")) == ("en", "ltr")


@pytest.mark.parametrize("then", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_choice_leads_nowhere_else(then):
    assert choose(Client(), "fr", then)["Location"] == "/"


@pytest.mark.parametrize("code", ["", "xx", "../en", "de"])
def test_a_language_that_we_do_not_have_is_not_found(code):
    assert choose(Client(), code).status_code == 404


def test_what_a_member_chose_holds_on_every_device():
    amina = make_person()
    choose(signed_in(amina), "fr")

    elsewhere = signed_in(amina)
    elsewhere.cookies["language"] = "en"

    amina.refresh_from_db()
    assert amina.reads_in == "fr"
    assert spoken(elsewhere.get("/me/")) == ("fr", "ltr")


def test_the_page_about_oneself_and_its_foot_offer_every_language_in_its_own_words():
    page = signed_in(make_person()).get("/me/").content.decode()

    assert page.count('<button class="quiet" name="language" value="fr" lang="fr">Français') == 2
    assert 'value="en" lang="en" aria-pressed="true"' in page
    assert "qps" not in page


def test_the_trial_language_is_offered_only_to_whoever_is_in_it():
    assert [code for code, _name in offered()] == ["en", "fr"]
    with translation.override("qps"):
        assert [code for code, _name in offered()] == ["en", "fr", "qps"]


def test_a_page_in_the_trial_language_runs_from_right_to_left():
    client = Client()
    choose(client, "qps")

    assert spoken(client.get("/")) == ("qps", "rtl")


def test_nobody_gets_the_trial_language_from_their_browser():
    assert spoken(Client(headers={"Accept-Language": "qps, en;q=0.1"}).get("/")) == ("en", "ltr")


def test_a_language_that_is_gone_does_no_harm(settings):
    amina = make_person(reads_in="fr")
    settings.LANGUAGES = [("en", "English")]

    assert spoken(signed_in(amina).get("/me/")) == ("en", "ltr")


def test_whoever_signs_in_first_is_written_to_in_the_language_of_their_browser():
    from lodestar.domain.messaging.models import Letter

    client = Client(headers=FRENCH)
    client.post("/accounts/sign-in/", {"email": "zoe@example.org"})
    letter = Letter.objects.get(kind="accounts.code")
    client.post("/accounts/sign-in/code/", {"code": letter.words["code"]})

    assert letter.words["language"] == "fr"
    assert Account.objects.get(email="zoe@example.org").person.reads_in == "fr"


def test_the_trial_language_keeps_what_a_sentence_hands_on():
    assert accented("Write to <b>%(name)s</b>, &amp; wait") == (
        "⟦Wrîté tö <b>%(name)s</b>, &amp; wåît⟧"
    )
    assert accented("\n  A line\n") == "\n  ⟦Å lîñé⟧\n"
    with translation.override("qps"):
        assert gettext("") == ""
        assert pgettext("so many days", "days before") == "⟦dåýs béföré⟧"
        assert ngettext("%(n)d day", "%(n)d days", 2) % {"n": 2} == "⟦2 dåýs⟧"


def test_numbers_days_and_hours_are_written_as_each_language_does():
    from datetime import UTC, datetime

    at = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)
    said = {}
    for code in ("en", "fr"):
        with translation.override(code):
            said[code] = [date_format(at, "l, j F, H:i"), number_format(1234.5, use_l10n=True)]

    assert said["en"] == ["Tuesday, 3 November, 14:05", "1234.5"]
    assert said["fr"] == ["mardi 3 novembre à 14h05", "1234,5"]


def test_every_pattern_of_a_day_that_french_writes_otherwise_is_used_somewhere():
    from lodestar.config.catalogues import TREE

    files = [p for p in TREE.rglob("*") if p.suffix in {".py", ".html", ".txt"}]
    text = "".join(p.read_text() for p in files if "formats" not in p.parts)

    assert [pattern for pattern in PATTERNS if f'"{pattern}"' not in text] == []


def test_health_is_told_in_no_language(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/livez")

    assert "Content-Language" not in answer
    assert settings.LANGUAGE_CODE == "en"
