import io
import re
import warnings
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from etoko.audit.operations import record_deed
from etoko.foundation.ids import new_public_id
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.registry.models import Business, Licence

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2_000


class UnableToSaveLicence(UnableTo):
    pass


@transaction.atomic
def save_licence(
    *,
    business: Business,
    licence: Licence | None,
    kind: str,
    status: str,
    number: str,
    issuer: str,
    issued_on: date | None,
    expires_on: date | None,
    scan: "UploadedFile[Any] | None",
    by: Person,
    at: datetime,
    for_name: str = "",
) -> Licence:
    """A licence, new or changed. What was checked is to be checked again when it changes.

    The scan must be a picture or a PDF by its content, whatever its name says; a picture is drawn
    anew, upright and without position, so that nothing hidden comes along.
    """
    if issued_on and expires_on and expires_on < issued_on:
        raise UnableToSaveLicence(
            _("Tanggal berlaku tidak boleh sebelum tanggal terbit."), field="expires_on"
        )
    if status == "held" and kind == "nib" and number and not re.fullmatch(r"\d{13}", number):
        raise UnableToSaveLicence(
            _("NIB terdiri dari 13 angka. Periksa lagi nomornya di berkas."), field="number"
        )
    saved = (
        Licence.objects.select_for_update().get(pk=licence.pk, business=business)
        if licence
        else Licence(business=business, kind=kind)
    )
    facts = {
        "kind": kind,
        "status": status,
        "number": number,
        "issuer": issuer,
        "issued_on": issued_on,
        "expires_on": expires_on,
    }
    before = {field: getattr(saved, field) for field in facts} if licence else dict.fromkeys(facts)
    changes = {field: (before[field], value) for field, value in facts.items()}
    for field, value in facts.items():
        setattr(saved, field, value)
    if scan is not None:
        content, ending = read_scan(scan)
        old = saved.scan.name
        saved.scan.save(f"{new_public_id()}{ending}", ContentFile(content), save=False)
        changes["scan"] = (old, saved.scan.name)
        if old:
            # After the commit: a refused transaction must not have thrown the old scan away.
            transaction.on_commit(lambda: saved.scan.storage.delete(old))
    if any(old != new for old, new in changes.values()):
        saved.check_state, saved.checked_by, saved.checked_at = Licence.PENDING, None, None
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as problem:
        raise UnableToSaveLicence(
            _("Izin dengan nomor ini sudah tercatat untuk usaha ini."), field="number"
        ) from problem
    record_deed(
        deed="save_licence",
        subject=business,
        by=by,
        at=at,
        for_name=for_name,
        area_code=business.area_id,
        changes=changes,
    )
    return saved


@transaction.atomic
def check_licence(*, licence: Licence, is_right: bool, by: Person, at: datetime) -> Licence:
    """A verifier has compared number and paper."""
    licence = Licence.objects.select_for_update().select_related("business").get(pk=licence.pk)
    before = licence.check_state
    licence.check_state = Licence.CHECKED if is_right else Licence.REJECTED
    licence.checked_by, licence.checked_at = by, at
    licence.save(update_fields=["check_state", "checked_by", "checked_at"])
    record_deed(
        deed="check_licence",
        subject=licence.business,
        by=by,
        at=at,
        area_code=licence.business.area_id,
        changes={"check_state": (before, licence.check_state), "number": (licence.number, licence.number)},
        reason=str(licence),
    )
    return licence


def licence_hint(kind: str, number: str) -> str:
    """A soft word about a number that looks odd; "" when nothing is to be said. Rules of P-IRT and BPOM
    numbers circulate in several readings, so an odd number is kept and only remarked upon."""
    digits = re.sub(r"\D", "", number)
    if kind == "pirt" and number and len(digits) < 15:
        return _("Nomor P-IRT biasanya 15 angka atau lebih.")
    if kind == "bpom" and number and len(digits) != 12:
        return _("Nomor BPOM biasanya dua huruf dan 12 angka.")
    return ""


def read_scan(scan: "UploadedFile[Any]") -> tuple[bytes, str]:
    """The content that is kept, and its ending (".jpg" or ".pdf"). Raises UnableToSaveLicence."""
    if scan.size is None or scan.size > MOST_BYTES:
        raise UnableToSaveLicence(_("Berkas terlalu besar. Paling besar 8 MB."), field="scan")
    content = scan.read()
    if content[:5] == b"%PDF-" and b"%%EOF" in content[-2048:]:
        return content, ".pdf"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
            picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            drawn = io.BytesIO()
            picture.save(drawn, "JPEG", quality=85)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnableToSaveLicence(
            _("Ini bukan foto atau PDF yang bisa dibuka. Foto izinnya dengan kamera HP, lalu kirim lagi."),
            field="scan",
        ) from None
    return drawn.getvalue(), ".jpg"
