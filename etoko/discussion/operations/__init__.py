from etoko.discussion.operations.choosing import UnableToChoose, choose_answer
from etoko.discussion.operations.following import set_following
from etoko.discussion.operations.following_up import UnableToFollowUp, make_need
from etoko.discussion.operations.moderating import (
    UnableToModerate,
    appeal_post,
    decide_appeal,
    hide_post,
    keep_post,
    report_post,
    restore_post,
)
from etoko.discussion.operations.pacing import UnableToWrite
from etoko.discussion.operations.reminding import tell_unanswered
from etoko.discussion.operations.withdrawing import withdraw_post
from etoko.discussion.operations.writing import Said, start_thread, write_reply

__all__ = [
    "Said",
    "UnableToChoose",
    "UnableToFollowUp",
    "UnableToModerate",
    "UnableToWrite",
    "appeal_post",
    "choose_answer",
    "decide_appeal",
    "hide_post",
    "keep_post",
    "make_need",
    "report_post",
    "restore_post",
    "set_following",
    "start_thread",
    "tell_unanswered",
    "withdraw_post",
    "write_reply",
]
