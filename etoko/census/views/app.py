"""The app on the phone: its frame, its files, and what keeps it there when there is no signal.

Nothing here is personal: the frame is the same for everybody and is kept by the service worker; whose list it
is comes by the JSON door.
"""

import hashlib
import json
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etoko.census.access import surveyor
from etoko.census.forms import SheetForm
from etoko.foundation.assets import answer_asset, find_asset
from etoko.registry.consent_texts import text_now
from etoko.registry.kbli import spoken_codes
from etoko.registry.states import VERIFICATION_FLOW

FILES = (
    "app.js",
    "census.css",
    "codes.js",
    "deciding.js",
    "drawing.js",
    "list.js",
    "outbox.js",
    "photos.js",
    "sheet.js",
    "store.js",
    "sync.js",
)
KEPT = ("etoko/etoko.css", "etoko/icon.svg", "etoko/icon-180.png", "etoko/icon-192.png")


@never_cache
@login_required
@require_safe
def app(request: HttpRequest) -> HttpResponse:
    surveyor(request.user)
    return _frame(request)


@require_safe
def app_file(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """A file of the app at an address of its version: files that import each other are always of one."""
    asset = find_asset(f"census/{name}") if name in FILES and version == app_version() else None
    if asset is None:
        raise Http404
    response = answer_asset(request, asset)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@never_cache
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Its text names every file it keeps; so it changes, and is fetched anew, whenever one of them does."""
    asset = find_asset("census/sw.js")
    assert asset is not None
    frame = _frame(request).content
    kept = {
        "version": hashlib.blake2b(frame, digest_size=8).hexdigest(),
        "frame": reverse("census:app"),
        "files": [
            *(_base() + name for name in FILES),
            *(static(name) for name in KEPT),
            reverse("census:codes"),
            reverse("census:manifest"),
        ],
    }
    text = f"const KEPT = {json.dumps(kept)};\n{asset.content.decode()}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {"src": static(f"etoko/icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
        for side in (192, 512)
    ]
    home = reverse("census:app")
    return JsonResponse(
        {
            "id": home,
            "name": _("Pendataan e-Toko PKK"),
            "short_name": _("Pendataan"),
            "description": _("Mendata usaha dari rumah ke rumah, juga tanpa sinyal."),
            "lang": "id",
            "start_url": home,
            "scope": home,
            "display": "standalone",
            "background_color": "#fbf8f1",
            "theme_color": "#134d31",
            "icons": [*icons, {**icons[-1], "purpose": "maskable"}],
        },
        content_type="application/manifest+json",
    )


@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """KBLI in everyday words, small enough for the phone."""
    response = HttpResponse(_codes(), content_type="application/json; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@cache
def _codes() -> str:
    return json.dumps(spoken_codes(), ensure_ascii=False, separators=(",", ":"))


def app_version() -> str:
    """Of all files of the app together."""
    prints = [asset.fingerprint for name in FILES if (asset := find_asset(f"census/{name}"))]
    return hashlib.blake2b("".join(prints).encode(), digest_size=8).hexdigest()


def _base() -> str:
    return reverse("census:app_file", args=[app_version(), "app.js"]).removesuffix("app.js")


def _frame(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "census/app.html",
        {
            "form": SheetForm(),
            "base": _base(),
            "consent_text": text_now().said,
            "words": _words(),
        },
    )


def _words() -> dict[str, Any]:
    """Every text that the scripts say; they hold none themselves."""
    return {
        "consent": text_now().version,
        "worker": reverse("census:service_worker"),
        "codes": reverse("census:codes"),
        "states": {
            "draft": _("Draf"),
            "waiting": _("Menunggu sinyal"),
            "sending": _("Sedang dikirim"),
            "look": _("Perlu dilihat"),
            "sent": _("Terkirim"),
        },
        "records": {slug: str(word) for slug, word in VERIFICATION_FLOW.states.items()},
        "closed": _("Tutup"),
        "visited": _("didatangi {day}"),
        "businesses": _("{n} usaha di Desa {place}"),
        "found": _("{n} dari {of} usaha"),
        "taken": _("Daftar diambil {moment}"),
        "newTitle": _("Usaha baru"),
        "newNote": _("Usaha yang belum ada di daftar desa."),
        "reason": _("Perlu diperbaiki: {reason}"),
        "saved": _("Tersimpan di HP."),
        "savedWaiting": _("Tersimpan di HP. Terkirim sendiri begitu ada sinyal."),
        "arrived": _("{name}: sudah sampai."),
        "photosLeft": _("Data sudah sampai, foto {n} dari {of} belum."),
        "photos": _("{n} foto"),
        "photoTaken": _("Foto siap ({size}). Ketuk untuk mengganti."),
        "photoBad": _("Ini bukan foto yang bisa dibaca. Potret lagi."),
        "full": _("Memori HP penuh. Hapus beberapa foto atau aplikasi dari HP, lalu coba lagi."),
        "locating": _("Mencari letak …"),
        "located": _("Letak terisi, teliti sampai {m} meter."),
        "placed": _("Sudah ada letaknya: {position}."),
        "notLocated": _("HP tidak memberi letak. Nyalakan GPS, izinkan, dan coba di luar ruangan."),
        "needName": _("Isi dulu nama usaha dan nama pemilik."),
        "decideTitle": _("{name}: pilih yang benar"),
        "same": _("Apakah ini usaha yang sama?"),
        "notHers": _("Ini tidak ada, atau bukan di desa Anda (lagi)."),
        "offline": _("Belum ada sinyal. Catatan tetap aman di HP dan terkirim sendiri nanti."),
        "noAnswer": _("Server belum menjawab. Dicoba lagi sendiri."),
        "signedOut": _("Masa masuk habis. Masuk lagi supaya catatan bisa dikirim; tidak ada yang hilang."),
        "signIn": _("Masuk"),
        "other": _("HP ini masih menyimpan {n} catatan {name} yang belum sampai. Minta {name} masuk lagi."),
        "newVersion": _("Versi baru siap."),
        "useVersion": _("Pakai sekarang"),
        "discardAsk": _("Buang catatan ini?"),
        "discardSay": _("Yang sudah Anda isi dan fotonya dihapus dari HP. Data di kantor tidak berubah."),
        "discard": _("Buang"),
        "leaveAsk": _("Keluar dari HP ini?"),
        "leaveSay": _("Daftar desa dihapus dari HP. Anda bisa masuk lagi kapan saja."),
        "leaveLose": _("Ada {n} catatan yang belum sampai. Kalau keluar sekarang, catatan itu hilang."),
        "leave": _("Keluar"),
        "leftOffline": _("HP sudah kosong. Sambungkan internet untuk keluar dari akun."),
        "by": _("{name}, {day}"),
        "facts": {
            "person": _("Masuk sebagai"),
            "village": _("Desa"),
            "businesses": _("Usaha di HP"),
            "taken": _("Daftar diambil"),
            "space": _("Memori terpakai"),
            "kept": _("Dijaga HP"),
        },
        "keptYes": _("ya, tidak dihapus saat memori penuh"),
        "keptNo": _("belum; pasang di layar depan supaya aman"),
        "noCode": _("Belum ketemu. Coba kata lain, atau kosongkan; kantor bisa mengisi."),
    }
