"""One heading means one thing, to the importer and to `lodestar match`."""

import pytest

from lodestar.engine.answers.headings import field_named
from lodestar.engine.tables.vocabulary import known_field


@pytest.mark.parametrize(
    ("heading", "imported", "matched"),
    [
        ("Topics wanted", "topics", "topics"),
        ("Topics offered", "topics", "topics"),
        ("Topics", "topics", "topics"),
        ("Skills", "topics", "topics"),
        ("Areas I can help with", "topics", "topics"),
        ("Topics I would like help with", "topics", "topics"),
        ("Career Interest", "goal", "goal"),
        ("Career Interest (other)", "goal", "goal"),
        ("Home State/Province", "state", "region"),
        ("Job function", "job_title", "role"),
        ("Langues", "languages", "languages"),
        ("Berufserfahrung", "years_of_experience", "years"),
        ("Mentoring style", "style", "mentoring_style"),
    ],
)
def test_both_doors_agree_on_a_heading(heading: str, imported: str, matched: str) -> None:
    assert (known_field(heading), field_named(heading)) == (imported, matched)
