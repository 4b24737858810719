from etoko.notices.operations.reading import open_whatsapp, read_all_notices, read_notice
from etoko.notices.operations.sending import Message, send_notice, send_notices

__all__ = ["Message", "open_whatsapp", "read_all_notices", "read_notice", "send_notice", "send_notices"]
