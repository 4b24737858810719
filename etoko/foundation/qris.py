"""The text inside a QRIS code: read, judged, and turned into one that carries an amount.

EMVCo QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1: fields of two digits of tag,
two digits of length (in characters) and a value; the last is a CRC-16/CCITT-FALSE over all before.
QRIS (Bank Indonesia, PADG 21/18/2019) adds the national account with the NMID. Why a module of our own:
docs/decisions/qris.md.
"""

import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from etoko.foundation.problems import UnableTo

STATIC, DYNAMIC = "static", "dynamic"
PROMPT, FIXED, PERCENT = "prompt", "fixed", "percent"
NATIONAL = "ID.CO.QRIS.WWW"
LONGEST = 512
"""Characters in a payload, by EMVCo 4.3."""
MOST_RP = 9_999_999_999_999
"""The amount has thirteen characters at most."""

_TWO_DIGITS = re.compile(r"[0-9]{2}", re.ASCII)
_AMOUNT = re.compile(r"(?=.{1,13}\Z)[0-9]+(?:\.[0-9]{1,2})?", re.ASCII)
_INITIATION, _MCC, _CURRENCY, _AMOUNT_TAG, _TIP, _FEE, _FEE_PERCENT = "01", "52", "53", "54", "55", "56", "57"
_COUNTRY, _NAME, _CITY, _POSTAL_CODE, _ADDITIONAL, _CRC = "58", "59", "60", "61", "62", "63"
_OF_ONE_PAYMENT = (_AMOUNT_TAG, _TIP, _FEE, _FEE_PERCENT)
_BLANKS = " \t\r\n\v\f\u00a0\ufeff"


class UnableToReadQris(UnableTo):
    """The sentence says what is wrong with the code and what to do."""


@dataclass(frozen=True, slots=True)
class Field:
    tag: str
    value: str

    def __str__(self) -> str:
        return f"{self.tag}{len(self.value):02d}{self.value}"


@dataclass(frozen=True, slots=True)
class Account:
    """Where the money goes (tags 26–51)."""

    tag: str
    domain: str
    pan: str
    merchant_id: str
    criteria: str
    """UMI, UKE, UME, UBE: the size of the merchant; others exist."""


@dataclass(frozen=True, slots=True)
class Tip:
    """What a code asks on top of the amount (tags 55–57)."""

    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Qris:
    payload: str
    kind: str
    name: str
    city: str
    postal_code: str
    nmid: str
    """Of the national account, "ID" and thirteen digits; empty in codes that have none."""
    criteria: str
    mcc: str
    amount: Decimal | None
    """In rupiah; two decimals are allowed by the standard."""
    tip: Tip | None
    accounts: tuple[Account, ...]
    additional: dict[str, str]
    """Tag 62 by its own tags: 01 bill number, 05 reference, 07 terminal, …"""
    fields: tuple[Field, ...]


def read_qris(text: str) -> Qris:
    """Read and judge what a QR code says, or what was pasted. Raises UnableToReadQris."""
    payload = text.strip(_BLANKS)
    fields = _fields_of(payload)
    _check_frame(payload, fields)
    values = {field.tag: field.value for field in fields}
    accounts = tuple(_accounts_of(fields))
    if not accounts:
        raise UnableToReadQris(
            _("Kode ini tidak menyebut ke rekening siapa uangnya. Pakai QRIS dari bank Anda.")
        )
    _check_values(values)
    national = next((one for one in accounts if one.domain.upper() == NATIONAL), None)
    criteria = next(
        (one.criteria for one in (*([national] if national else []), *accounts) if one.criteria), ""
    )
    return Qris(
        payload=payload,
        kind=DYNAMIC if values.get(_INITIATION) == "12" else STATIC,
        name=values[_NAME],
        city=values[_CITY],
        postal_code=values.get(_POSTAL_CODE, ""),
        nmid=national.merchant_id if national else "",
        criteria=criteria,
        mcc=values[_MCC],
        amount=Decimal(values[_AMOUNT_TAG]) if _AMOUNT_TAG in values else None,
        tip=_tip_of(values),
        accounts=accounts,
        additional={field.tag: field.value for field in _nested(values.get(_ADDITIONAL, ""), _ADDITIONAL)},
        fields=fields,
    )


def with_amount(qris: Qris, amount_rp: int) -> str:
    """The payload of a dynamic code for exactly this amount; all else stays as the bank made it.

    Tips and fees go: the merchant may not have the buyer pay for QRIS (PBI 23/6/PBI/2021 art. 52), and the
    amount must be the one that is due.
    """
    if not 1 <= amount_rp <= MOST_RP:
        raise ValueError(f"amount_rp must be 1 to {MOST_RP}, not {amount_rp}")
    left_out = (_INITIATION, _CRC, *_OF_ONE_PAYMENT)
    fields = [field for field in qris.fields if field.tag not in left_out]
    # Before the first later tag: codes exist whose tags are in no order.
    at = next((i for i, field in enumerate(fields) if field.tag > _AMOUNT_TAG), len(fields))
    fields.insert(at, Field(_AMOUNT_TAG, str(amount_rp)))
    fields.insert(1, Field(_INITIATION, "12"))
    return _sealed(fields)


def crc_of(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) of the UTF-8 bytes, in four digits: "29B1"."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def payload_of(fields: Iterable[tuple[str, str]]) -> str:
    """A payload from tags and values, the CRC added: for samples and tests."""
    return _sealed([Field(tag, value) for tag, value in fields])


def nested_of(fields: Iterable[tuple[str, str]]) -> str:
    """The value of a field that holds fields, for `payload_of`."""
    return "".join(str(Field(tag, value)) for tag, value in fields)


def _sealed(fields: Iterable[Field]) -> str:
    body = "".join(map(str, fields)) + _CRC + "04"
    return body + crc_of(body)


# ------------------------------------------------------------------------------------- the frame


def _fields_of(payload: str) -> tuple[Field, ...]:
    if not payload:
        raise UnableToReadQris(_("Kodenya kosong. Unggah gambar QRIS, atau tempel teksnya."))
    if not payload.startswith("0002"):
        raise UnableToReadQris(_not_qris(payload))
    if len(payload) > LONGEST:
        raise UnableToReadQris(_("Kode ini terlalu panjang untuk sebuah QRIS."))
    fields = _split(payload)
    if isinstance(fields, int):
        raise UnableToReadQris(
            _(
                "Kode QRIS ini terpotong atau rusak di huruf ke-%(at)d. "
                "Unggah gambar asli dari aplikasi bank, atau salin teksnya sampai habis."
            )
            % {"at": fields + 1}
        )
    return fields


def _not_qris(payload: str) -> str:
    seen = payload if len(payload) <= 40 else payload[:39] + "…"
    if re.match(r"https?://|www\.", payload, re.IGNORECASE):
        return _("Kodenya bukan QRIS, melainkan alamat web (%(seen)s). Pakai kode QRIS dari bank Anda.") % {
            "seen": seen
        }
    return _(
        "Kodenya bukan QRIS. Isinya: “%(seen)s”. Pakai kode QRIS dari bank atau dompet digital Anda."
    ) % {"seen": seen}


def _split(text: str) -> tuple[Field, ...] | int:
    """The fields, or the position where the text stops making sense."""
    fields, at = [], 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not _TWO_DIGITS.fullmatch(tag) or not _TWO_DIGITS.fullmatch(length):
            return at
        end = at + 4 + int(length)
        if end > len(text):
            return at
        fields.append(Field(tag, text[at + 4 : end]))
        at = end
    return tuple(fields)


def _nested(value: str, tag: str) -> tuple[Field, ...]:
    fields = _split(value)
    if isinstance(fields, int):
        raise UnableToReadQris(
            _("Kode QRIS ini rusak: isi bagian %(tag)s tidak utuh. Unggah gambar asli dari aplikasi bank.")
            % {"tag": tag}
        )
    return fields


def _check_frame(payload: str, fields: tuple[Field, ...]) -> None:
    if fields[0].value != "01":
        raise UnableToReadQris(_("Versi kode ini (%(seen)s) tidak dikenal.") % {"seen": fields[0].value})
    if fields[-1].tag != _CRC or len(fields[-1].value) != 4:
        raise UnableToReadQris(
            _("Kode QRIS ini terpotong: angka pemeriksa di ujungnya tidak ada. Salin teksnya sampai habis.")
        )
    if fields[-1].value.upper() != (expected := crc_of(payload[:-4])):
        raise UnableToReadQris(
            _(
                "Kode QRIS ini rusak atau pernah diubah: angka pemeriksanya %(seen)s, "
                "seharusnya %(expected)s. Jangan dipakai; minta QRIS asli dari bank atau dompet digital."
            )
            % {"seen": fields[-1].value, "expected": expected}
        )
    tags = [field.tag for field in fields]
    if twice := next((tag for tag in tags if tags.count(tag) > 1), ""):
        raise UnableToReadQris(
            _("Kode ini bukan QRIS yang benar: bagian %(tag)s ada dua kali.") % {"tag": twice}
        )


# ------------------------------------------------------------------------------------ the values


def _accounts_of(fields: Iterable[Field]) -> Iterable[Account]:
    for field in fields:
        if "26" <= field.tag <= "51":
            of = {one.tag: one.value for one in _nested(field.value, field.tag)}
            yield Account(field.tag, of.get("00", ""), of.get("01", ""), of.get("02", ""), of.get("03", ""))


def _check_values(values: dict[str, str]) -> None:
    if (country := values.get(_COUNTRY, "")) != "ID":
        raise UnableToReadQris(
            _("Kode ini bukan QRIS Indonesia (kode negaranya “%(seen)s”).") % {"seen": country}
        )
    if (currency := values.get(_CURRENCY, "")) != "360":
        raise UnableToReadQris(
            _("Kode ini bukan untuk rupiah (kode mata uangnya “%(seen)s”).") % {"seen": currency}
        )
    if not re.fullmatch(r"[0-9]{4}", values.get(_MCC, "")):
        raise UnableToReadQris(_("Kode ini bukan QRIS yang benar: kode jenis usahanya tidak empat angka."))
    for tag, longest, what in ((_NAME, 25, _("nama penjual")), (_CITY, 15, _("kota"))):
        if not 1 <= len(values.get(tag, "")) <= longest:
            raise UnableToReadQris(
                _("Kode ini bukan QRIS yang benar: %(what)s tidak ada atau lebih dari %(longest)d huruf.")
                % {"what": what, "longest": longest}
            )
    if values.get(_INITIATION, "11") not in ("11", "12"):
        raise UnableToReadQris(
            _("Jenis kode ini (%(seen)s) tidak dikenal: bukan QRIS tetap, bukan QRIS sekali pakai.")
            % {"seen": values[_INITIATION]}
        )
    if _AMOUNT_TAG in values and not _AMOUNT.fullmatch(values[_AMOUNT_TAG]):
        raise UnableToReadQris(
            _("Jumlah uang di kode ini tidak terbaca: “%(seen)s”.") % {"seen": values[_AMOUNT_TAG]}
        )


def _tip_of(values: dict[str, str]) -> Tip | None:
    asked = values.get(_TIP)
    if asked is None:
        return None
    if asked == "01":
        return Tip(PROMPT)
    kind, tag = {"02": (FIXED, _FEE), "03": (PERCENT, _FEE_PERCENT)}.get(asked, ("", ""))
    if not kind or not _AMOUNT.fullmatch(values.get(tag, "")):
        raise UnableToReadQris(
            _(
                "Kode ini meminta biaya tambahan, tetapi besarnya tidak terbaca. "
                "Minta QRIS baru dari bank Anda."
            )
        )
    return Tip(kind, values[tag])
