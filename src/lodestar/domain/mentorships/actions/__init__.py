from lodestar.domain.mentorships.actions.again import (
    pin_wishes,
    request_rematch,
)
from lodestar.domain.mentorships.actions.agreements import (
    draft_agreement,
    reopen_agreement,
    sign_agreement,
)
from lodestar.domain.mentorships.actions.appointments import (
    ask_whether_met,
    cancel_appointment,
    change_place,
    confirm_time,
    lapse_proposal,
    propose_times,
    refuse_times,
    remind_of_meeting,
    say_met,
    say_missed,
    set_agenda,
    withdraw_times,
)
from lodestar.domain.mentorships.actions.exploring import (
    go_on,
    part,
    write_first_words,
)
from lodestar.domain.mentorships.actions.goals import (
    drop_goal,
    finish_goal,
    set_goal,
)
from lodestar.domain.mentorships.actions.leaving import (
    complete_mentorship,
    end_mentorship,
    pause_mentorship,
    resume_mentorship,
)
from lodestar.domain.mentorships.actions.meetings import (
    log_meeting,
    remind_unmet,
)
from lodestar.domain.mentorships.actions.messages import (
    write_message,
)
from lodestar.domain.mentorships.actions.pairs import (
    accept_match,
    answer_for_mentor,
    begin_mentorship,
    decline_match,
)
from lodestar.domain.mentorships.actions.papers import (
    add_file,
    change_note,
    forget_content,
    remove_file,
    remove_note,
    write_note,
)
from lodestar.domain.mentorships.actions.safety import (
    block_partner,
    block_person,
    hold_mentorship,
    release_mentorship,
)
from lodestar.domain.mentorships.actions.takeaways import (
    claim_takeaway,
    fail_takeaway,
    forget_takeaways,
    request_takeaway,
    store_takeaway,
)
from lodestar.domain.mentorships.actions.tasks import (
    drop_task,
    finish_task,
    put_task_earlier,
    remind_task,
    set_task,
    take_up_task,
)
from lodestar.domain.mentorships.actions.wishes import (
    take_back_wish,
    wish_for,
)

__all__ = [
    "accept_match",
    "add_file",
    "answer_for_mentor",
    "ask_whether_met",
    "begin_mentorship",
    "block_partner",
    "block_person",
    "cancel_appointment",
    "change_note",
    "change_place",
    "claim_takeaway",
    "complete_mentorship",
    "confirm_time",
    "decline_match",
    "draft_agreement",
    "drop_goal",
    "drop_task",
    "end_mentorship",
    "fail_takeaway",
    "finish_goal",
    "finish_task",
    "forget_content",
    "forget_takeaways",
    "go_on",
    "hold_mentorship",
    "lapse_proposal",
    "log_meeting",
    "part",
    "pause_mentorship",
    "pin_wishes",
    "propose_times",
    "put_task_earlier",
    "refuse_times",
    "release_mentorship",
    "remind_of_meeting",
    "remind_task",
    "remind_unmet",
    "remove_file",
    "remove_note",
    "reopen_agreement",
    "request_rematch",
    "request_takeaway",
    "resume_mentorship",
    "say_met",
    "say_missed",
    "set_agenda",
    "set_goal",
    "set_task",
    "sign_agreement",
    "store_takeaway",
    "take_back_wish",
    "take_up_task",
    "wish_for",
    "withdraw_times",
    "write_first_words",
    "write_message",
    "write_note",
]
