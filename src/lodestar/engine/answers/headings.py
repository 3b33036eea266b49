"""Which of our fields does a column heading of an office's file mean?

The importer's table of synonyms says it, so that a file means the same at both doors.
"""

import re

from lodestar.engine.answers.values import plain
from lodestar.engine.tables.vocabulary import BY_HEADING, plain_heading

# How matching calls what the importer calls otherwise.
OURS = {
    "email": "email",
    "given_name": "first_name",
    "family_name": "last_name",
    "full_name": "name",
    "external_id": "key",
    "class_year": "class_year",
    "degree": "education_level",
    "field_of_study": "field_of_study",
    "employer": "employer",
    "job_title": "role",
    "industry": "industry",
    "city": "city",
    "state": "region",
    "country": "country",
    "time_zone": "time_zone",
    "languages": "languages",
    "topics": "topics",
    "goal": "goal",
    "about": "about",
    "capacity": "capacity",
    "years_of_experience": "years",
}

# What only a file made for matching says, or says too shortly for the export of a whole office,
# where a description may be a colleague's note and an ID the number of an answer.
MORE = {
    "key": (
        "id", "key", "participant id", "applicant id", "mentee id", "mentor id", "response id",
        "mentee", "mentor",
    ),
    "topics": ("needs", "offers"),
    "goal": ("goal", "goals"),
    "role": ("role",),
    "years": ("years",),
    "years_in_field": (
        "years in field", "years of experience in field", "years in current field",
    ),
    "about": ("why", "description"),
    "identity": (
        "shared identity", "identity (opt-in)", "identity opt-in", "i would like to share",
        "identity", "opt-in identity", "match me on",
    ),
    "capacity": ("mentees",),
    "minimum": ("minimum", "min mentees", "minimum mentees", "at least"),
    "demand": ("demand", "number of mentors", "mentors wanted"),
    "availability": ("availability", "available", "free times", "when are you free"),
    "avoid": ("avoid", "please not", "not with"),
}  # fmt: skip

FIELD_BY_HEADING = {
    heading: OURS[field] for heading, field in BY_HEADING.items() if field in OURS
} | {plain_heading(heading): field for field, headings in MORE.items() for heading in headings}


def field_named(heading: str) -> str:
    """Return our field for a heading, or the heading itself as a plain name.

    >>> field_named("E-mail  Address"), field_named("Current industry?"), field_named("T-shirt size")
    ('email', 'industry', 't_shirt_size')
    """
    known = FIELD_BY_HEADING.get(plain_heading(heading))
    return known or re.sub(r"\W+", "_", plain(heading).rstrip("?:* ")).strip("_")
