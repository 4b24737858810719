from etoko.audit.operations.accessing import forget_old_accesses, note_access
from etoko.audit.operations.recording import record_deed

__all__ = ["forget_old_accesses", "note_access", "record_deed"]
