"""Every address that the resolver knows, and what fills it in the town (`town.py`).

A new address is found without being named here; one with a new kind of argument fails until
`known_arguments` has it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, get_resolver

from etoko.groups.pkk_forms import FORMS
from etoko.registry.sections import SECTIONS
from tests.cast import NOW
from tests.house.town import Town


def _views(patterns: list[Any], room: str = "") -> Iterator[tuple[str, tuple[URLPattern, set[str]]]]:
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{room}{each.name}", (each, set(each.pattern.regex.groupindex))
        else:
            yield from _views(each.url_patterns, f"{room}{each.namespace}:" if each.namespace else room)


VIEWS = dict(_views(get_resolver().url_patterns))
"""Every view that the resolver knows, by its name, with the names of its arguments."""


def arguments(town: Town, view: str, wanted: set[str]) -> list[dict[str, Any]]:
    """What fills an address; a list fills it in several ways, one after the other."""
    facts = town.facts
    known: dict[str, Any] = dict.fromkeys(OF_NONE, NONE) | known_arguments(facts)
    known.update(OF_ROOM.get(view.split(":", maxsplit=1)[0], {}))
    known.update(OF_VIEW.get(view, {}))
    missing = wanted - set(known)
    assert not missing, f"{view} has an argument that nobody fills here: {missing}"
    names = sorted(wanted)
    ways = [known[name](facts) if callable(known[name]) else known[name] for name in names]
    filled = itertools.product(*(way if isinstance(way, list) else [way] for way in ways))
    return [dict(zip(names, values, strict=True)) for values in filled]


NONE = 999
"""The key of a row that the town does not have."""
OF_NONE = (
    "delivery_id",
    "passkey_id",
    "role_id",
    "device_id",
    "merge_id",
    "statement_id",
    "proposal_pk",
    "interest_id",
)


def known_arguments(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "public_id": facts["business"].public_id,
        "business_id": facts["business"].public_id,
        "shop_id": facts["shop"].public_id,
        "product_id": facts["product"].public_id,
        "variant_id": facts["variant"].pk,
        "number": facts["order"].number,
        "secret": facts["secret"],
        "token": facts["token"],
        "owner_id": facts["owner"].pk,
        "licence_id": facts["licence"].pk,
        "help_id": facts["help"].pk,
        "other_id": facts["twin"].public_id,
        "suspicion_id": facts["suspicion"].pk,
        "person_id": facts["owner"].person_id,
        "link_id": facts["link"].pk,
        "notice_id": [notice.pk for notice in facts["notices"]],
        "need_id": facts["need"].public_id,
        "organisation_id": [one.public_id for one in facts["partners"]],
        "mandate_id": facts["mandate"].pk,
        "promise_id": facts["promise"].public_id,
        "step_id": facts["promise"].steps.get().pk,
        "review_id": facts["review"].public_id,
        "thread_id": facts["thread"].public_id,
        "post_id": facts["post"].public_id,
        "proof_id": facts["proof"].public_id,
        "pk": facts["payment"].pk,
        "voucher_id": facts["voucher"].public_id,
        "group_id": facts["group"].public_id,
        "meeting_id": facts["meeting"].pk,
        "action_id": facts["action"].pk,
        "cooperative_id": facts["cooperative"].public_id,
        "permission_id": facts["permission"].pk,
        "photo_id": facts["sheet_photo"].pk,
        "sha256": facts["sheet_photo"].sha256,
        "key": facts["sheet"].key,
        "part": 1,
        "year": NOW.year,
        "subject": "toko",
        "slug": "kerupuk",
        "move": "accept",
        "deed": "masuk",
        "version": "0",
        "name": "app.js",
        "task_id": "00000000-0000-0000-0000-000000000000",
    }


_PRODUCT = {
    "public_id": lambda facts: facts["product"].public_id,
    "slug": lambda facts: facts["product"].slug,
}
_BATCH = {"public_id": lambda facts: facts["batch"].public_id}
_PARTS = {"slug": list(SECTIONS)}
_SHOP = {"slug": lambda facts: facts["shop"].slug}
_ISSUED = {"voucher_id": lambda facts: facts["platform_voucher"].public_id}
_GROUP = {"public_id": lambda facts: facts["group"].public_id}
_COOPERATIVE = {"public_id": lambda facts: facts["cooperative"].public_id}
OF_ROOM: Mapping[str, Mapping[str, Any]] = {
    "consignment": {"number": lambda facts: facts["consignment"].number},
    "groups": {
        "number": lambda facts: facts["member"].number,
        "code": lambda facts: facts["business"].area_id,
        "which": ["kas", "simpanan", "pinjaman"],
        "form": "4.22",
    },
    "privacy": {"public_id": lambda facts: facts["breach"].public_id, "move": "lembaga"},
    "exchange": {
        "code": lambda facts: facts["business"].area_id,
        "slug": ["usaha", "produk", "rekap", "register"],
        "form": ["csv", "zip"],
        "rest": [*"wilayah kategori produk toko usaha saya saya/usaha register/usaha".split()],
        "token_id": NONE,
        "public_id": "none",
    },
    "vouchers": {"code": "INTAN", "move": "end"},
    "needs": {"move": "withdraw"},
    "promises": {"move": "start"},
}
OF_VIEW: Mapping[str, Mapping[str, Any]] = {
    "people:activate": {"secret": lambda facts: facts["activation"]},
    "registry:edit_record": _PARTS,
    "registry:edit_own": _PARTS,
    **{f"registry:import_{one}": _BATCH for one in "batch columns commit undo discard report".split()},
    "catalog:open_shop_step": {"step": ["nama", "kontak", "produk"]},
    "catalog:settings_section": {"section": "nama kontak pembayaran pengantaran libur".split()},
    "catalog:photo": {"name": "0" * 20 + "-320.jpg"},
    "catalog:shop": _SHOP,
    "catalog:product": _PRODUCT,
    "catalog:short_product": _PRODUCT,
    "discussion:thread": {"slug": lambda facts: facts["thread"].slug},
    "discussion:reply_by_link": {"token": lambda facts: facts["reply_token"]},
    "reviews:of_shop": _SHOP,
    "reviews:of_product": _PRODUCT,
    "vouchers:issued_of_platform": _ISSUED,
    "vouchers:move_of_platform": _ISSUED,
    "groups:slip": {"number": lambda facts: facts["slip"].number},
    "groups:form": {"form": list(FORMS)},
    **{f"needs:{one}group": _GROUP for one in ("", "new_of_", "assess_")},
    **{f"needs:{one}cooperative": _COOPERATIVE for one in ("", "new_of_", "assess_")},
}
SENT: Mapping[str, dict[str, str]] = {
    "census:filled": {"desa": "36.03.04.2004"},
}
"""What a form must say before it gives out a file."""
HOLDER = {"secret": "siti", "token": "rahma", "people:activate": "rahma"}
"""Whose private link it is: a link is as good as a key, so the others have one that is nearly right."""
