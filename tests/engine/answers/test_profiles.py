import pytest

from lodestar.engine.answers.industries import INDUSTRIES
from lodestar.engine.answers.profiles import answers_from
from lodestar.engine.answers.roles import ROLES


@pytest.mark.parametrize(
    "spelling",
    [
        "Computing or Tech",
        "software development and IT",
        "Software Products",
        "IT consulting for banks, mostly cybersecurity",
        " information  TECHNOLOGY ",
        "Tech",
    ],
)
def test_one_industry_in_many_spellings(spelling):
    assert INDUSTRIES.path(spelling) == "Technology > Software and IT"


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("  Product Manager", "Product > Product management"),
        ("Full-Stack Web Developer", "Technology > Web development"),
        ("Embedded developer", "Technology > Software engineering"),
        ("Clinical Laboratory Scientist", "Science > Research"),
        ("Attorney", "Society > Law"),
        ("Zymurgist", None),
    ],
)
def test_job_titles_find_their_family(title, path):
    assert ROLES.path(title) == path


def test_a_row_of_an_alumni_export_becomes_answers():
    row = {
        "country": "United States of America",
        "region": "California",
        "city": "Los Angeles",
        "years": "5-7 years",
        "languages": "English; Spanish",
        "industry": "Law",
        "role": "Attorney",
        "goal": "Full-Stack Web Developer",
        "field_of_study": "Computer Science",
        "gender": "Woman",
        "events": "conferences; hackathons",
        "about": "",
    }

    assert answers_from(row) == {
        "country": "United States of America",
        "region": "California",
        "city": "Los Angeles",
        "years": 6,
        "languages": ("English", "Spanish"),
        "industry": "Society > Law",
        "industry_as_written": "Law",
        "role_as_written": "Attorney",
        "field_of_study_as_written": "Computer Science",
        "role": "Technology > Web development",
        "goal": "Full-Stack Web Developer",
        "topics": ("Web development",),
        "field_of_study": "Computing > Computer Science",
        "gender": "Woman",
        "events": ("conferences", "hackathons"),
        "time_zone": "America/Los_Angeles",
        "place": "Americas > United States > California > Los Angeles",
    }


@pytest.mark.parametrize(
    ("cells", "zone"),
    [
        ({"country": "UK"}, "Europe/London"),
        ({"country": "England, United Kingdom"}, "Europe/London"),
        ({"country": "Netherlands (Holland, Europe)"}, "Europe/Amsterdam"),
        ({"country": "USA", "region": "Texas; Ohio"}, "America/Chicago"),
        ({"country": "Canada", "region": "British Columbia"}, "America/Vancouver"),
        ({"country": "Germany", "region": "Washington"}, "Europe/Berlin"),
        ({"country": "Germany", "time_zone": "asia/tokyo"}, "Asia/Tokyo"),
        ({"country": "Germany", "time_zone": "the usual"}, "Europe/Berlin"),
        ({"time_zone": "UTC−3"}, "Etc/GMT+3"),
        ({"country": "Atlantis"}, None),
    ],
)
def test_the_clock_is_stated_or_read_off_the_place(cells, zone):
    assert answers_from(cells).get("time_zone") == zone


@pytest.mark.parametrize("nothing", ["", "  ", "n/a", "Other", "-", "Prefer not to answer"])
def test_an_answer_that_says_nothing_is_blank(nothing):
    assert answers_from({"industry": nothing, "topics": nothing}) == {}


def test_topics_keep_their_strength():
    assert answers_from({"topics": "Salary (3); JavaScript: 1; Law"})["topics"] == {
        "Salary": 3,
        "Web development > Front end > JavaScript": 1,
        "Law": 2,
    }
