"""What can be done with applications, participants and the intake of a list?"""

from lodestar.domain.applications.actions.applying import (
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from lodestar.domain.applications.actions.deciding import (
    accept_application,
    accept_applications,
    decline_application,
    release_place,
    take_place,
    take_places,
    waitlist_application,
)
from lodestar.domain.applications.actions.intakes import (
    Purpose,
    admit_intake,
    request_intake,
    undo_intake,
    upload_list,
)
from lodestar.domain.applications.actions.scoring import Mark, assess_application

__all__ = [
    "Mark",
    "Purpose",
    "accept_application",
    "accept_applications",
    "admit_intake",
    "assess_application",
    "decline_application",
    "release_place",
    "request_intake",
    "save_answers",
    "start_application",
    "submit_application",
    "take_place",
    "take_places",
    "undo_intake",
    "upload_list",
    "waitlist_application",
    "withdraw_application",
]
