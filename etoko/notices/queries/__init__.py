from etoko.notices.queries.inbox import NoticePage, NoticeRow, inbox, notice_row, unread_count
from etoko.notices.queries.telling import Told, Untold, goes_by_whatsapp, last_told, untold, untold_count

__all__ = [
    "NoticePage",
    "NoticeRow",
    "Told",
    "Untold",
    "goes_by_whatsapp",
    "inbox",
    "last_told",
    "notice_row",
    "unread_count",
    "untold",
    "untold_count",
]
