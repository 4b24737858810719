"""QRIS payloads: read, refused with the reason, and given an amount as two other programs do it."""

import json
from pathlib import Path
from typing import Any

import pytest
import qriskit
from hypothesis import given
from hypothesis import strategies as st
from lokal.qris import parse_qris, set_qris_amount

from etoko.foundation.qris import (
    DYNAMIC,
    FIXED,
    MOST_RP,
    PROMPT,
    STATIC,
    Tip,
    UnableToReadQris,
    crc_of,
    payload_of,
    read_qris,
    with_amount,
)

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "qris_vectors.json").read_text(encoding="utf-8")
)["vectors"]
VALID = [vector for vector in VECTORS if vector["valid"]]
ACCOUNT = ("26", "0015COM.SAMPLE.BANK01189360000000000000010303UMI")


def code(*, drop: str = "", **other: str) -> str:
    """A sound payload with some values replaced (`t53="702"`) or left out."""
    values = {
        "00": "01", "01": "11", ACCOUNT[0]: ACCOUNT[1], "51": "0014ID.CO.QRIS.WWW0215ID10200000000010303UMI",
        "52": "5812", "53": "360", "58": "ID", "59": "CONTOH KERUPUK", "60": "TANGERANG", "61": "15720",
    } | {key[1:]: value for key, value in other.items()}  # fmt: skip
    return payload_of((tag, value) for tag, value in sorted(values.items()) if tag != drop)


def test_the_check_value_of_the_standard() -> None:
    assert crc_of("123456789") == "29B1"


@pytest.mark.parametrize("vector", VALID, ids=lambda vector: vector["name"])
def test_reads_what_stands_in_it(vector: dict[str, Any]) -> None:
    qris = read_qris(vector["payload"])
    for field in ("payload", "kind", "name", "city", "postal_code", "nmid", "criteria", "mcc"):
        assert getattr(qris, field) == vector[field]
    assert (str(qris.amount) if qris.amount is not None else None) == vector["amount"]
    tip = vector["tip"]
    assert qris.tip == (Tip(tip["kind"], tip.get("value", "")) if tip else None)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["payload"][-4:])
def test_agrees_with_two_other_programs_on_what_is_a_code(vector: dict[str, Any]) -> None:
    try:
        read_qris(vector["payload"])
        mine = True
    except UnableToReadQris:
        mine = False
    assert mine is parse_qris(vector["payload"]).valid is vector["valid"]


STATIC_VECTORS = [vector for vector in VALID if vector["kind"] == STATIC]


@pytest.mark.parametrize("vector", STATIC_VECTORS, ids=lambda vector: vector["name"])
def test_gives_it_an_amount_as_two_other_programs_do(vector: dict[str, Any]) -> None:
    made = with_amount(read_qris(vector["payload"]), 25_000)
    assert made == vector["with_25000"]
    assert read_qris(made).kind == DYNAMIC


@given(st.sampled_from(STATIC_VECTORS), st.integers(1, MOST_RP))
def test_any_amount_is_given_as_two_other_programs_give_it(vector: dict[str, Any], amount_rp: int) -> None:
    payload = vector["payload"]
    made = with_amount(read_qris(payload), amount_rp)
    assert made == qriskit.parse(payload).to_dynamic(amount_rp).dumps()
    assert made == set_qris_amount(payload, amount_rp)
    assert read_qris(made).amount == amount_rp
    # Where the money goes is untouched.
    assert read_qris(made).accounts == read_qris(payload).accounts


@pytest.mark.parametrize("amount_rp", [0, -1, MOST_RP + 1])
def test_refuses_an_amount_that_no_code_can_carry(amount_rp: int) -> None:
    with pytest.raises(ValueError, match="amount_rp"):
        with_amount(read_qris(code()), amount_rp)


@pytest.mark.parametrize(("tip", "told"), [
    ({"t55": "01"}, Tip(PROMPT)),
    ({"t55": "02", "t56": "500"}, Tip(FIXED, "500")),
    ({"t55": "03", "t57": "0.7"}, Tip("percent", "0.7")),
])  # fmt: skip
def test_a_fee_is_read_and_left_out_when_the_amount_is_set(tip: dict[str, str], told: Tip) -> None:
    qris = read_qris(code(**tip))
    assert qris.tip == told
    made = with_amount(qris, 12_500)
    assert read_qris(made).tip is None
    assert (
        made
        == qriskit.parse(qris.payload).to_dynamic(12_500).dumps()
        == with_amount(read_qris(code()), 12_500)
    )


def test_a_dynamic_code_gets_the_new_amount() -> None:
    made = with_amount(read_qris(code(t01="12", t54="99000")), 12_500)
    assert read_qris(made).amount == 12_500


def test_blanks_around_what_was_pasted_do_not_matter() -> None:
    assert read_qris(f"\ufeff\u00a0 {code()}\r\n").name == "CONTOH KERUPUK"


def test_a_code_without_national_account_has_no_nmid() -> None:
    assert read_qris(code(drop="51")).nmid == ""


def test_additional_data_and_foreign_letters() -> None:
    qris = read_qris(code(t59="KAFÉ ÑANDÚ", t62="0105INV-10703A01"))
    assert (qris.name, qris.additional) == ("KAFÉ ÑANDÚ", {"01": "INV-1", "07": "A01"})
    assert parse_qris(qris.payload).valid


@pytest.mark.parametrize(("text", "said"), [
    ("", "Kodenya kosong"),
    ("https://wa.me/6281210000001", "alamat web (https://wa.me/6281210000001)"),
    ("WIFI:S:rumah;T:WPA;P:rahasia;;", "Kodenya bukan QRIS. Isinya: “WIFI:S:rumah;T:WPA;P:rahasia;;”"),
    ("0002014T", "rusak di huruf ke-7"),
    (code()[:60], "terpotong atau rusak di huruf ke-"),
    (code()[:-8], "angka pemeriksa di ujungnya tidak ada"),
    (code().replace("KERUPUK", "PENIPU!"), "rusak atau pernah diubah: angka pemeriksanya"),
    (code(t00="02"), "Versi kode ini (02)"),
    (code(t01="13"), "Jenis kode ini (13)"),
    (code(t26="0016COM"), "isi bagian 26 tidak utuh"),
    (payload_of([("00", "01"), ("58", "ID"), ("58", "ID")]), "bagian 58 ada dua kali"),
    (payload_of([("00", "01"), ("58", "ID")]), "tidak menyebut ke rekening siapa"),
    (code(t58="TH"), "kode negaranya “TH”"),
    (code(t53="764"), "kode mata uangnya “764”"),
    (code(t52="58"), "jenis usahanya tidak empat angka"),
    (code(t59="X" * 26), "nama penjual tidak ada atau lebih dari 25 huruf"),
    (code(drop="59"), "nama penjual tidak ada"),
    (code(t60="K" * 16), "kota tidak ada atau lebih dari 15 huruf"),
    (code(t54="12,5"), "Jumlah uang di kode ini tidak terbaca: “12,5”"),
    (code(t54="١٢"), "Jumlah uang di kode ini tidak terbaca"),
    (code(t55="02"), "biaya tambahan, tetapi besarnya tidak terbaca"),
    (code(t55="09", t56="1"), "biaya tambahan"),
    ("0002" + "01" + "9" * 600, "terlalu panjang"),
])  # fmt: skip
def test_says_why_a_code_is_refused(text: str, said: str) -> None:
    with pytest.raises(UnableToReadQris) as refused:
        read_qris(text)
    assert said in refused.value.sentence


@given(st.text(max_size=80).map(lambda tail: "000201" + tail) | st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        read_qris(text)
    except UnableToReadQris as refused:
        assert refused.sentence


@given(st.integers(0, len(code()) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_one_wrong_letter_is_always_noticed(at: int, letter: str) -> None:
    """A sign read wrongly, or a name swapped by hand."""
    payload = code()
    if payload[at].upper() == letter.upper():
        return
    with pytest.raises(UnableToReadQris):
        read_qris(payload[:at] + letter + payload[at + 1 :])
