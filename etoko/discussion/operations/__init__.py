from etoko.discussion.operations.choosing import UnableToChoose, choose_answer
from etoko.discussion.operations.following import set_following
from etoko.discussion.operations.pacing import UnableToWrite
from etoko.discussion.operations.withdrawing import withdraw_post
from etoko.discussion.operations.writing import Said, start_thread, write_reply

__all__ = [
    "Said",
    "UnableToChoose",
    "UnableToWrite",
    "choose_answer",
    "set_following",
    "start_thread",
    "withdraw_post",
    "write_reply",
]
