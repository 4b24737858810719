from etoko.notices.operations.sending import open_whatsapp, read_all_notices, read_notice, send_notice

__all__ = ["open_whatsapp", "read_all_notices", "read_notice", "send_notice"]
