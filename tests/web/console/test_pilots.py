"""The page of a trial run, from its criteria to the launch."""

import pytest

from lodestar.domain.common.time import today
from lodestar.domain.pilots.actions import sign_verdict
from lodestar.domain.pilots.models import Finding, Verdict
from lodestar.domain.programs.models import Cohort
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db


def begin(pilot):
    pilot.starts_on = pilot.matching_on = pilot.closes_on = today()
    pilot.save()


def test_a_trial_run_goes_from_its_criteria_to_the_launch(lena, pilot):
    browser, address = signed_in(lena), f"/console/cohorts/{pilot.public_id}/pilot/"

    before = browser.get(address).content.decode()
    browser.post(f"{address}gates/", {"met": "65", "silent": "12.5"})
    browser.post(f"{address}findings/", {"finding-what": "حرف ناقص", "finding-stage": "portal"})
    finding = Finding.objects.get()
    browser.post(f"/console/findings/{finding.public_id}/mend/", {"mend": "Corrected."})
    browser.post(f"/console/findings/{finding.public_id}/check/")
    begin(pilot)
    said = {"verdict-outcome": "go", "verdict-reasons": "It works."}
    too_soon = browser.post(f"{address}decide/", said)
    browser.post(f"{address}decide/", {**said, "verdict-all_the_same": "on"})
    decided = browser.get(address).content.decode()
    launched = browser.post(f"{address}launch/", {"launch-name": "Launch"})
    later = browser.get(f"{address}beside/").content.decode()

    assert "These are the usual criteria." in before
    assert too_soon.status_code == 422
    assert "To launch it all the same, tick that you do" in too_soon.content.decode()
    assert "It works." in too_soon.content.decode()
    assert "حرف ناقص" in decided
    assert "Signed by Lena Berg" in decided
    assert Verdict.objects.get().outcome == "go"
    launch = Cohort.objects.get(name="Launch")
    assert launched["Location"] == f"/console/cohorts/{launch.public_id}/days/"
    assert f"{pilot.name} beside Launch" in later


@pytest.mark.parametrize(
    ("part", "said", "words"),
    [
        ("gates", {"met": "101"}, "above 0 and up to 100"),
        ("gates", {}, "Fix at least one number"),
        ("findings", {"finding-what": "", "finding-stage": "portal"}, "Please answer this one."),
        ("decide", {"verdict-outcome": "go", "verdict-reasons": ""}, "Please answer this one."),
    ],
)
def test_what_is_missing_is_asked_again(lena, pilot, part, said, words):
    answer = signed_in(lena).post(f"/console/cohorts/{pilot.public_id}/pilot/{part}/", said)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_launch_needs_a_name(lena, pilot):
    begin(pilot)
    sign_verdict(pilot, by=lena, outcome="go", reasons="It works.", all_the_same=True)

    answer = signed_in(lena).post(
        f"/console/cohorts/{pilot.public_id}/pilot/launch/", {"launch-name": " "}
    )

    assert answer.status_code == 422
    assert "Please answer this one." in answer.content.decode()


def test_a_launch_without_a_verdict_is_refused(lena, pilot):
    answer = signed_in(lena).post(
        f"/console/cohorts/{pilot.public_id}/pilot/launch/", {"launch-name": "Launch"}
    )

    assert answer.status_code == 409
    assert "Decide first whether it goes on." in answer.content.decode()
