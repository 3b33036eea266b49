"""Every page that those with a part in the office reach by links can be used by everybody."""

import pytest

from tests.journeys.walking import everything_can_be_used

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("name", ["lena", "tomas", "admin", "safe"])
def test_everybody_can_use_every_page_they_reach(server, enter, name):
    everything_can_be_used(enter, server, name, looks=1)
