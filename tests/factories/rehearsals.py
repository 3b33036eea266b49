"""Rehearsals, as rows with a small report, and as requests by the real action."""

from dataclasses import asdict

from lodestar.domain.common.time import now
from lodestar.domain.rehearsals import actions
from lodestar.domain.rehearsals.models import Rehearsal
from lodestar.domain.rehearsals.rules import Fates
from tests.factories.programs import make_cohort

Status = Rehearsal.Status
PEOPLE = [
    ("mentor-1", "mentor", "Amal Probe", "Amal"),
    ("mentee-1", "mentee", "نور مثال", "نور"),
    ("office-1", "coordinator", "Lena Berg", "Lena"),
]


def person(key, role, name, first_name):
    return {"key": key, "role": role, "name": name, "first_name": first_name, "is_paired": True}


def letter(to, kind="matching.proposed", day="2026-03-10", **more):
    told = {"subject": "We found somebody for you", "text": f"Dear {to},\n\nyes or no?", "fate": "sent", "why": ""}  # fmt: skip
    return {"day": day, "to": to, "kind": kind} | told | more


def remark(code="quiet:mentee", stage="feedback", said="For 60 days nobody hears from us.", **more):
    return {"code": code, "stage": stage, "said": said, "who": ["mentee-1"], "day": "2026-04-01"} | more  # fmt: skip


def sample_report(**more):
    """Return what a child tells: one pair that met, three letters, one remark."""
    return {
        "days": 182,
        "seconds": 41.2,
        "people": [person(*each) for each in PEOPLE],
        "events": [
            {"day": "2026-03-02", "code": "applied", "who": ["mentor-1", "mentee-1"]},
            {"day": "2026-03-10", "code": "matched", "who": ["mentee-1"]},
            {"day": "2026-03-20", "code": "met_first", "who": ["mentor-1", "mentee-1"]},
        ],
        "letters": [
            letter("mentor-1"),
            letter("mentee-1"),
            letter("office-1", "feedback.concern", "2026-05-01", subject="Something waits"),
        ],
        "fates": asdict(Fates(1, 0, 1, 0, 1, 0.6, 0.6)),
        "texts_left_out": 0,
        "remarks": [remark()],
        "tally": {"mentees": 1, "paired": 1, "met": 1, "letters": 3},
    } | more  # fmt: skip


def make_rehearsal(cohort=None, *, status=Status.DONE, **fields):
    """Return a rehearsal as a plain row."""
    cohort = cohort or make_cohort()
    if status == Status.DONE:
        fields.setdefault("report", sample_report())
        fields.setdefault("done_at", now())
    sizes = {"mentor_count": 8, "mentee_count": 10, "design": cohort.design}
    return Rehearsal.objects.create(cohort=cohort, status=status, **(sizes | fields))


def ask_rehearsal(cohort, *, by, mentors=4, mentees=4, **more):
    return actions.request_rehearsal(cohort, by=by, mentors=mentors, mentees=mentees, **more)
