import re
import unicodedata


def search_name(name: str) -> str:
    """ "Ranca Buaya", "Rancabuaya", "RANCA-BUAYA" → "rancabuaya"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", plain)
