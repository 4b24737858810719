"""The seller's own account at Midtrans."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.models import Shop
from etoko.catalog.operations.settings import allow_online_payment
from etoko.foundation.problems import UnableTo
from etoko.midtrans.client import MidtransIsAway, MidtransRefuses, ask_status
from etoko.midtrans.models import Account
from etoko.registry.sealing import seal

_NO_SUCH_CHARGE = "ETOKO-COBA"


class UnableToOpenAccount(UnableTo):
    pass


def open_account(*, selling: Selling, server_key: str, at: datetime) -> Account:
    """Midtrans is asked first whether it knows the key. Raises UnableToOpenAccount; then nothing changed."""
    _try(server_key)
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=selling.shop.pk)
        Account.objects.filter(shop=selling.shop, closed_at=None).update(closed_at=at)
        account = Account.objects.create(
            shop=selling.shop,
            server_key_sealed=seal(server_key),
            key_ending=server_key[-4:],
            opened_at=at,
            opened_by=selling.person,
        )
        allow_online_payment(selling=selling, is_allowed=True, at=at)
        _record("open_midtrans_account", selling, account, at)
    return account


@transaction.atomic
def close_account(*, selling: Selling, at: datetime) -> None:
    """No new charges. Those that are open are still followed, so the key stays."""
    account = Account.objects.select_for_update().filter(shop=selling.shop, closed_at=None).first()
    if account is None:
        return
    account.closed_at = at
    account.save(update_fields=["closed_at"])
    allow_online_payment(selling=selling, is_allowed=False, at=at)
    _record("close_midtrans_account", selling, account, at)


def _try(server_key: str) -> None:
    if len(server_key) < 16 or not server_key.isascii() or " " in server_key:
        raise UnableToOpenAccount(
            _("Ini bukan Server Key Midtrans. Salin dari Dasbor Midtrans, Pengaturan, Access Keys."),
            field="server_key",
        )
    try:
        ask_status(server_key=server_key, ref=_NO_SUCH_CHARGE)
    except MidtransRefuses as problem:
        raise UnableToOpenAccount(
            _("Midtrans tidak mengenal kunci ini. Salin lagi Server Key-nya, seluruhnya."), field="server_key"
        ) from problem
    except MidtransIsAway as problem:
        raise UnableToOpenAccount(
            _("Midtrans tidak bisa dihubungi sekarang. Coba lagi beberapa menit lagi.")
        ) from problem


def _record(deed: str, selling: Selling, account: Account, at: datetime) -> None:
    record_deed(
        deed=deed,
        subject=selling.shop,
        by=selling.person,
        for_name=selling.for_name,
        at=at,
        area_code=selling.shop.area_id,
        changes={"midtrans": ("", f"…{account.key_ending}")},
    )
