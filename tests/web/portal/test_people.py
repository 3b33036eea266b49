"""The front page speaks to visitors, whatever there is to offer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.formats import date_format

from lodestar.domain.common.time import today
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


def front():
    return Client().get("/").content.decode()


def test_without_a_program_the_front_page_says_what_will_be_here():
    assert "No program is open to read about yet" in front()


def test_one_open_program_is_shown_with_its_last_day():
    program = make_program("First Steps", slug="first-steps")
    make_cohort(program)

    page = front()

    assert 'href="/programs/first-steps/"' in page
    assert "open for applications" in page
    assert date_format(today() + timedelta(days=14), "j F") in page
    assert "See the program" in page


def test_many_programs_are_counted_and_hidden_ones_are_not_shown():
    make_program("First Steps")
    make_program("Second Wind")
    make_program("Secret Garden", is_public=False)

    page = front()

    assert "See the 2 programs" in page
    assert "Second Wind" in page
    assert "Secret Garden" not in page
