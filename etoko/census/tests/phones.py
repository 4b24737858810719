"""A phone as the tests of this room hold it: it takes the list, fills in sheets, sends them."""

import hashlib
import io
import json
import uuid
from typing import Any

from django.test import Client
from PIL import Image

from etoko.people.models import Person
from tests.cast import NOW

TABAN = "36.03.04.2004"
NEW = {
    "name": "Keripik Bu Aminah",
    "owner_name": "Aminah",
    "phone": "0813-1111-2222",
    "kind": "makanan",
    "products_text": "keripik pisang",
    "street": "Kp. Cikuya",
    "rt": "3",
    "rw": "2",
    "landmark": "sebelah pos ronda",
    "position": "-6.301200, 106.501000",
    "kbli": "2020:10794",
    "workers": "2",
    "turnover_band": "to_60jt",
    "nib_status": "held",
    "nib_number": "1234 5678 90123",
    "pirt_status": "none",
    "pirt_number": "",
    "halal_status": "unknown",
    "halal_number": "",
    "shown": ["listing"],
    "how": "kader",
    "status": "active",
    "moved_to": "",
    "is_right": "on",
}


def photo(number: int, side: int = 40) -> bytes:
    """A small JPEG, other for every number."""
    out = io.BytesIO()
    Image.new("RGB", (side, side), (number % 256, number // 256 % 256, 90)).save(out, "JPEG", quality=90)
    return out.getvalue() + number.to_bytes(4, "big")


class Phone:
    def __init__(self, person: Person) -> None:
        self.client = Client()
        self.client.force_login(person)
        self.list = self.take()

    def take(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.client.get("/pendataan/api/daftar/").json()
        return answer

    def sheet(self, of: str = "", photos: list[bytes] | None = None, /, **changes: Any) -> dict[str, Any]:
        """As the phone keeps it: over a business of its list, or a new one."""
        row = next((row for row in self.list["businesses"] if row["facts"]["name"] == of), None)
        facts = row["facts"] if row else {}
        values = {**facts, "shown": [one for one in facts["shown"].split(",") if one]} if row else dict(NEW)
        photos = photos or []
        return {
            "key": str(uuid.uuid4()),
            "person": self.list["person"]["id"],
            "business": row["id"] if row else "",
            "area": TABAN,
            "values": {"how": "", "moved_to": "", **values, **changes},
            "seen": dict(facts),
            "filled_at": NOW.isoformat(),
            "photos": [hashlib.sha256(one).hexdigest() for one in photos],
        }

    def send(self, sheet: dict[str, Any]) -> Any:
        return self.client.post(
            "/pendataan/api/catatan/",
            json.dumps({name: value for name, value in sheet.items() if name != "key"}),
            content_type="application/json",
            headers={"Idempotency-Key": sheet["key"]},
        )

    def send_photo(self, sheet: dict[str, Any], content: bytes) -> Any:
        sha256 = hashlib.sha256(content).hexdigest()
        return self.client.post(
            f"/pendataan/api/catatan/{sheet['key']}/foto/{sha256}/", content, content_type="image/jpeg"
        )
