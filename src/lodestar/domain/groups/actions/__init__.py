from lodestar.domain.groups.actions.answering import (
    accept_group,
    decline_group,
    expire_member,
    remind_group,
)
from lodestar.domain.groups.actions.changing import (
    keep_apart,
    keep_group,
    lift_apart,
    move_person,
    open_group,
)
from lodestar.domain.groups.actions.forming import (
    claim_forming,
    compute_forming,
    discard_forming,
    mark_reviewed,
    request_forming,
    store_forming,
)
from lodestar.domain.groups.actions.mending import (
    begin_smaller,
    dissolve_group,
    invite_person,
    merge_groups,
)
from lodestar.domain.groups.actions.publishing import publish_forming
from lodestar.domain.groups.actions.releasing import ask_groups_from_now
from lodestar.domain.groups.actions.rooms import (
    drop_group_goal,
    end_group,
    finish_group_goal,
    leave_group,
    log_group_meeting,
    remind_unmet,
    say_coming,
    set_group_goal,
    set_next_meeting,
    write_to_group,
)

__all__ = [
    "accept_group",
    "ask_groups_from_now",
    "begin_smaller",
    "claim_forming",
    "compute_forming",
    "decline_group",
    "discard_forming",
    "dissolve_group",
    "drop_group_goal",
    "end_group",
    "expire_member",
    "finish_group_goal",
    "invite_person",
    "keep_apart",
    "keep_group",
    "leave_group",
    "lift_apart",
    "log_group_meeting",
    "mark_reviewed",
    "merge_groups",
    "move_person",
    "open_group",
    "publish_forming",
    "remind_group",
    "remind_unmet",
    "request_forming",
    "say_coming",
    "set_group_goal",
    "set_next_meeting",
    "store_forming",
    "write_to_group",
]
