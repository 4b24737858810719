from etoko.audit.operations.recording import record_deed

__all__ = ["record_deed"]
