"""The written word of UU 27/2022 art. 46: which data, when and how, and what is done about it."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.foundation.days import show_day, show_moment
from etoko.foundation.papers import render_paper
from etoko.privacy.models import Breach


def breach_letter(breach: Breach, *, at: datetime) -> bytes:
    """To the agency and to those concerned alike; in the language of the law in any language of the page."""
    return render_paper(
        "privacy/papers/insiden.typ",
        {
            "title": "Pemberitahuan kegagalan pelindungan data pribadi",
            "shop": f"e-Toko PKK {settings.HOME_NAME}",
            "number": breach.public_id,
            "day": show_day(timezone.localdate(at)),
            "points": [[word, value] for word, value in _points(breach)],
            "place": f"{breach.area.name}, {show_day(timezone.localdate(at))}",
            "foot": "Pasal 46 Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi",
        },
    )


def letter_text(breach: Breach) -> str:
    """The same for WhatsApp."""
    lines = [_("Pemberitahuan kebocoran data dari e-Toko PKK %s") % settings.HOME_NAME, ""]
    lines += [f"*{word}:* {value}" for word, value in _points(breach)]
    return "\n".join(lines)


def _points(breach: Breach) -> list[tuple[str, str]]:
    return [
        ("Data yang terungkap", breach.leaked),
        ("Kapan dan bagaimana", f"Diketahui {show_moment(breach.found_at)}. {breach.what}"),
        ("Jumlah orang", "belum diketahui" if breach.people is None else f"{breach.people} orang"),
        ("Penanganan dan pemulihan", breach.handling or "sedang disusun"),
    ]
