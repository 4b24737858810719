from etoko.notices.operations.passing import pass_on_for_somebody, pass_on_notices
from etoko.notices.operations.reading import open_whatsapp, read_all_notices, read_notice
from etoko.notices.operations.sending import Message, send_notice, send_notices

__all__ = [
    "Message",
    "open_whatsapp",
    "pass_on_for_somebody",
    "pass_on_notices",
    "read_all_notices",
    "read_notice",
    "send_notice",
    "send_notices",
]
