from etoko.notices.queries.inbox import NoticePage, NoticeRow, inbox, notice_row, unread_count
from etoko.notices.queries.telling import Told, Untold, last_told, untold, untold_count

__all__ = [
    "NoticePage",
    "NoticeRow",
    "Told",
    "Untold",
    "inbox",
    "last_told",
    "notice_row",
    "unread_count",
    "untold",
    "untold_count",
]
