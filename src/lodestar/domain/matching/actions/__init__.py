from lodestar.domain.matching.actions.adopting import adopt_weights
from lodestar.domain.matching.actions.answering import (
    answer_match,
    expire_match,
    remind_match,
    say_verdict,
    withdraw_match,
)
from lodestar.domain.matching.actions.asking import (
    ask_back,
    ask_mentor,
    extend_ask,
    note_answer_for,
    pass_ask,
    put_off,
    release_ask,
    reply_to_question,
    resume_asking,
    settle_ask,
    take_back_ask,
)
from lodestar.domain.matching.actions.bookmarks import bookmark
from lodestar.domain.matching.actions.choosing import (
    choose_mentor,
    drop_choice,
    note_choice,
    order_choices,
)
from lodestar.domain.matching.actions.computing import compute_run
from lodestar.domain.matching.actions.drafts import (
    draft_apart,
    draft_move,
    draft_swap,
    keep_draft,
    undo_step,
)
from lodestar.domain.matching.actions.inquiries import (
    ask,
    claim_inquiry,
    compute_inquiry,
    replay_run,
)
from lodestar.domain.matching.actions.looking import fail_run
from lodestar.domain.matching.actions.pairs import ban_pair, lift_pair_rule, pin_pair
from lodestar.domain.matching.actions.places import change_places
from lodestar.domain.matching.actions.publishing import publish_run, take_run_back
from lodestar.domain.matching.actions.readiness import ask_for_answers
from lodestar.domain.matching.actions.releasing import ask_from_now
from lodestar.domain.matching.actions.rematching import (
    lift_wished_pins,
    pin_wished_pair,
    request_rematch,
)
from lodestar.domain.matching.actions.replacing import (
    propose_replacement,
    replace_in,
)
from lodestar.domain.matching.actions.reviewing import comment_on, sign_run_off
from lodestar.domain.matching.actions.runs import (
    claim_run,
    discard_run,
    mark_reviewed,
    request_run,
    store_result,
)
from lodestar.domain.matching.actions.unmatched import (
    note_alone,
    tell_unmatched,
    word_unmatched,
)
from lodestar.domain.matching.actions.windows import (
    close_window,
    put_lists_together,
    remind_of_lists,
)

__all__ = [
    "adopt_weights",
    "answer_match",
    "ask",
    "ask_back",
    "ask_for_answers",
    "ask_from_now",
    "ask_mentor",
    "ban_pair",
    "bookmark",
    "change_places",
    "choose_mentor",
    "claim_inquiry",
    "claim_run",
    "close_window",
    "comment_on",
    "compute_inquiry",
    "compute_run",
    "discard_run",
    "draft_apart",
    "draft_move",
    "draft_swap",
    "drop_choice",
    "expire_match",
    "extend_ask",
    "fail_run",
    "keep_draft",
    "lift_pair_rule",
    "lift_wished_pins",
    "mark_reviewed",
    "note_alone",
    "note_answer_for",
    "note_choice",
    "order_choices",
    "pass_ask",
    "pin_pair",
    "pin_wished_pair",
    "propose_replacement",
    "publish_run",
    "put_lists_together",
    "put_off",
    "release_ask",
    "remind_match",
    "remind_of_lists",
    "replace_in",
    "replay_run",
    "reply_to_question",
    "request_rematch",
    "request_run",
    "resume_asking",
    "say_verdict",
    "settle_ask",
    "sign_run_off",
    "store_result",
    "take_back_ask",
    "take_run_back",
    "tell_unmatched",
    "undo_step",
    "withdraw_match",
    "word_unmatched",
]
