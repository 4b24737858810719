"""The lapak of OpenSID comes in, wholly or not at all, and goes out again as one.

Nothing is ever put on sale: goods become drafts of their seller's shop, and where she has none yet they wait
until she, or her kader with her, starts one.
"""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.categories import suggest_categories
from etoko.catalog.facts import ShopStarted
from etoko.catalog.models import Category, Product, Shop
from etoko.catalog.operations.discarding import UnableToDiscard, discard_draft
from etoko.catalog.operations.selling import Offer, add_product
from etoko.exchange.models import LapakGoods, LapakImport
from etoko.exchange.opensid.judging import JudgedGoods, JudgedSeller, Judgement, goods_ref, judge_lapak
from etoko.exchange.opensid.reading import Lapak
from etoko.foundation.problems import UnableTo
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import Acting
from etoko.registry.facts import ImportGoesBack
from etoko.registry.models import Business
from etoko.registry.operations.importing import commit_batch, keep_upload
from etoko.registry.operations.previewing import told_when_disk_is_full
from etoko.registry.operations.undoing_imports import undo_import
from etoko.registry.states import COMMITTED, IMPORT_FLOW, IMPORTER, PREVIEWED

_NOWHERE = "sembako"
"""Where goods go that no word places; the seller chooses when she looks at the draft."""


class UnableToImportLapak(UnableTo):
    pass


@told_when_disk_is_full
@transaction.atomic
def keep_lapak(*, lapak: Lapak, area: Area, file_name: str, by: Person, at: datetime) -> LapakImport:
    """Keep what was read so that it can be looked at before it goes in."""
    kept = LapakImport.objects.create(
        area=area,
        file_name=file_name[:200],
        content=zlib.compress(json.dumps(lapak.as_json(), ensure_ascii=False).encode(), 6),
        uploaded_by=by,
        uploaded_at=at,
    )
    record_deed(deed="upload_lapak", subject=kept, by=by, at=at, area_code=area.code)
    return kept


def lapak_of(kept: LapakImport) -> Lapak:
    return Lapak.from_json(json.loads(zlib.decompress(bytes(kept.content))))


def look_at_lapak(kept: LapakImport, *, by: Person) -> Judgement:
    return judge_lapak(lapak_of(kept), area=kept.area, names=kept.names, by=by, file_name=kept.file_name)


@transaction.atomic
def name_sellers(*, kept: LapakImport, names: Mapping[str, str], by: Person, at: datetime) -> LapakImport:
    """What the businesses are called whose names the file does not tell."""
    locked = _locked(kept, PREVIEWED)
    refs = {seller.ref for seller in lapak_of(locked).sellers}
    said = {ref: " ".join(name.split())[:200] for ref, name in names.items() if ref in refs}
    before, locked.names = locked.names, {**locked.names, **said}
    locked.save(update_fields=["names"])
    if locked.names != before:
        record_deed(deed="name_lapak_sellers", subject=locked, by=by, at=at, area_code=locked.area_id)
    return locked


@transaction.atomic
def discard_lapak(*, kept: LapakImport, by: Person, at: datetime) -> None:
    """Forget what was only looked at."""
    locked = _locked(kept, PREVIEWED)
    record_deed(deed="discard_lapak", subject=locked, by=by, at=at, area_code=locked.area_id)
    locked.delete()


@told_when_disk_is_full
@transaction.atomic
def commit_lapak(*, kept: LapakImport, by: Person, at: datetime) -> LapakImport:
    """Judged again, as things stand at this moment: sellers into the register, goods to their shops."""
    locked = _locked(kept, PREVIEWED)
    seen = look_at_lapak(locked, by=by)
    if not seen.upload.table.rows:
        raise UnableToImportLapak(_("Tidak ada penjual yang bisa dimasukkan. Periksa alasannya di bawah."))
    batch = keep_upload(upload=seen.upload, area=locked.area, keeps_nik=False, by=by, at=at)
    batch = commit_batch(batch=batch, by=by, at=at)
    became = {row.number: row.business for row in batch.rows.select_related("business__area")}
    for one in seen.sellers:
        business = became.get(one.row)
        for goods in one.goods:
            _write(locked, one, goods, business, by=by, at=at)
    locked.batch, locked.content = batch, b""
    locked.committed_at, locked.committed_by = at, by
    locked.save(update_fields=["batch", "content", "committed_at", "committed_by"])
    record_deed(
        deed="import_lapak",
        subject=locked,
        by=by,
        at=at,
        area_code=locked.area_id,
        changes={
            "drafts": (0, seen.count_goods(LapakGoods.MADE)),
            "waiting": (0, seen.count_goods(LapakGoods.WAITING)),
        },
    )
    return IMPORT_FLOW.make_move(locked, "commit", parties=(IMPORTER,))


@told_when_disk_is_full
@transaction.atomic
def undo_lapak(*, kept: LapakImport, by: Person, at: datetime) -> LapakImport:
    """Take it back. Drafts that somebody worked on, and businesses that somebody uses, stay and are told."""
    locked = _locked(kept, COMMITTED)
    if locked.batch is not None and locked.batch.state == COMMITTED:
        undo_import(batch=locked.batch, by=by, at=at)  # which goes through the next one
        return LapakImport.objects.select_related("area", "batch").get(pk=locked.pk)
    return _take_goods_back(locked, by=by, at=at)


def follow_import_going_back(*, fact: ImportGoesBack) -> None:
    """Its sellers are about to go, from whichever page: what they sold goes first."""
    kept = LapakImport.objects.filter(batch=fact.batch_id, state=COMMITTED).first()
    if kept is not None:
        _take_goods_back(_locked(kept, COMMITTED), by=fact.by, at=fact.at)


def _take_goods_back(locked: LapakImport, *, by: Person | None, at: datetime) -> LapakImport:
    removed, stayed = 0, []
    rows = locked.goods.filter(outcome__in=(LapakGoods.MADE, LapakGoods.WAITING)).select_related(
        "product__shop"
    )
    for row in rows.order_by("pk"):
        if row.product is not None:
            try:
                discard_draft(product=row.product, by=by, at=at)
            except UnableToDiscard as problem:
                stayed.append({"name": row.name, "why": problem.sentence})
                continue
        removed += 1
        row.outcome, row.product = LapakGoods.TAKEN_BACK, None
        row.save(update_fields=["outcome", "product"])
    # They would keep the register from letting the businesses go.
    locked.goods.update(business=None)
    locked.undo_report, locked.undone_at, locked.undone_by = {"goods": removed, "kept": stayed}, at, by
    locked.save(update_fields=["undo_report", "undone_at", "undone_by"])
    record_deed(
        deed="undo_lapak", subject=locked, by=by, at=at, area_code=locked.area_id,
        changes={"drafts": (removed + len(stayed), len(stayed))},
    )  # fmt: skip
    return IMPORT_FLOW.make_move(locked, "undo", parties=(IMPORTER,))


def undone(kept: LapakImport) -> dict[str, Any]:
    """{goods: how many went, businesses: how many went, kept: [{name, why}]}, as its two halves tell it."""
    told = dict(kept.undo_report)
    if "businesses" not in told:  # those of before told it all by themselves
        batch = kept.batch.undo_report if kept.batch else {}
        told["businesses"] = batch.get("removed", 0)
        told["kept"] = [*told.get("kept", []), *batch.get("kept", [])]
    return told


def follow_shop_started(*, fact: ShopStarted) -> None:
    """The goods that waited for this shop become its drafts."""
    rows = LapakGoods.objects.select_for_update(of=("self",)).filter(
        business=fact.acting.business, outcome=LapakGoods.WAITING
    )
    waiting = list(rows.order_by("pk"))
    if not waiting:
        return
    shop = Shop.objects.select_related("business__area", "area").get(pk=fact.shop_id)
    for row in waiting:
        row.product = _draft(Selling(shop, fact.acting), row.name, row.facts, fact.at)
        row.outcome = LapakGoods.MADE
        row.save(update_fields=["product", "outcome"])


def _write(
    kept: LapakImport,
    seller: JudgedSeller,
    judged: JudgedGoods,
    business: Business | None,
    *,
    by: Person,
    at: datetime,
) -> None:
    goods = judged.goods
    facts = {
        "price_rp": goods.price_rp,
        "unit": goods.unit,
        "description": goods.description,
        "category": goods.category,
    }
    is_taken = judged.outcome in (LapakGoods.MADE, LapakGoods.WAITING)
    product = None
    if judged.outcome == LapakGoods.MADE and business is not None and seller.shop is not None:
        shop = Shop.objects.select_related("business__area", "area").get(pk=seller.shop.pk)
        product = _draft(Selling(shop, Acting(business, by, is_assisting=True)), goods.name, facts, at)
    LapakGoods.objects.create(
        lapak_import=kept,
        source_ref=goods_ref(kept.area, goods),
        name=goods.name or _("Tanpa nama"),
        seller=seller.name[:200],
        outcome=judged.outcome,
        reason=(judged.reason or judged.notes)[:300],
        facts=facts if is_taken else {},
        business=business if is_taken else None,
        product=product,
    )


def _draft(selling: Selling, name: str, facts: Mapping[str, Any], at: datetime) -> Product:
    return add_product(
        selling=selling,
        name=name,
        category=_category(name, str(facts["category"])),
        unit=facts["unit"],
        offers=[Offer(price_rp=facts["price_rp"])],
        description=facts["description"],
        publish=False,
        at=at,
    )


def _category(name: str, said: str) -> Category:
    """By the words of the name, else by what the village called it, else the one for everything."""
    for text in (name, said):
        for slug in suggest_categories(text, limit=1):
            if found := Category.objects.filter(slug=slug, parent__isnull=False).first():
                return found
    found = Category.objects.filter(slug=_NOWHERE, parent__isnull=False).first()
    return found or Category.objects.filter(parent__isnull=False).order_by("position", "pk")[0]


def _locked(kept: LapakImport, state: str) -> LapakImport:
    locked = (
        LapakImport.objects.select_for_update(of=("self",)).select_related("area", "batch").get(pk=kept.pk)
    )
    if locked.state != state:
        raise UnableToImportLapak(_("Impor ini sudah %s.") % str(IMPORT_FLOW.states[locked.state]).lower())
    return locked
