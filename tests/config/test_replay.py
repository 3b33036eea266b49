"""A past run is computed again from the command line."""

import pytest

from lodestar.config.ready import replay_run
from lodestar.domain.matching.models import MatchRun
from tests.factories.matching import make_people, solved_run
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db


def test_the_same_run_is_the_same_and_another_is_told(lena, capsys):
    cohort = make_cohort()
    make_people(cohort, 3, 2)
    run = solved_run(cohort, lena)

    same = replay_run([run.public_id])
    MatchRun.objects.filter(pk=run.pk).update(weights={"Topics": 1})
    other = replay_run([run.public_id])
    nobody = replay_run(["no-such-run"])

    assert (same, other, nobody) == (0, 1, 2)
    said = capsys.readouterr()
    assert "the same to the byte" in said.out
    assert "it is not the same" in said.out
    assert "Give the key of a run" in said.err
