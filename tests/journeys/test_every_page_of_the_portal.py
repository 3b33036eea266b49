"""Every page that people without a part in the office reach by links can be used by everybody."""

import pytest

from tests.journeys.walking import everything_can_be_used

pytestmark = pytest.mark.journey

PEOPLE = ["", "jonas", "mei", "amina", "ruth", "rosa"]


@pytest.mark.parametrize("name", PEOPLE, ids=[name or "visitor" for name in PEOPLE])
def test_everybody_can_use_every_page_they_reach(server, enter, name):
    everything_can_be_used(enter, server, name, looks=2)  # mentors and mentees read it otherwise
