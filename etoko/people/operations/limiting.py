"""Limits on guessing. The counters stand in the database: every worker sees every try."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from etoko.foundation.problems import UnableTo
from etoko.people.models import TryCount


class UnableToTryNow(UnableTo):
    """Too many tries; `wait` says how long the next one has to wait."""

    def __init__(self, sentence: str, *, wait: timedelta) -> None:
        super().__init__(sentence)
        self.wait = wait


@dataclass(frozen=True)
class Limit:
    most: int
    within: timedelta


# Phone companies put whole villages behind one address, so an address may err more often than a phone.
LIMITS = {
    "passphrase_phone": Limit(5, timedelta(minutes=15)),
    "passphrase_address": Limit(60, timedelta(minutes=15)),
    "ask_code_phone": Limit(5, timedelta(hours=1)),
    "ask_code_address": Limit(40, timedelta(hours=1)),
    "code_phone": Limit(15, timedelta(hours=1)),
    "code_address": Limit(60, timedelta(minutes=15)),
    "join_address": Limit(20, timedelta(hours=1)),
    "join_refused_address": Limit(5, timedelta(hours=1)),
    "passkey_address": Limit(60, timedelta(minutes=15)),
    "mail_proof": Limit(5, timedelta(hours=1)),
    "api_address": Limit(900, timedelta(minutes=15)),
    "api_token": Limit(900, timedelta(minutes=15)),
    "open_data_address": Limit(60, timedelta(minutes=15)),
}


def count_try(limit: str, key: str, *, at: datetime) -> None:
    """Count one try, or raise UnableToTryNow when none is left.

    It is counted before the try is made: of a hundred tries at once only as many pass as are left.
    Call it outside the transaction that may be refused, or the count would be rolled back with it.
    """
    rule = LIMITS[limit]
    with transaction.atomic():
        row = _locked_row(limit, _key_hash(limit, key), at)
        ends_at = row.since_at + rule.within
        if at >= ends_at:
            row.since_at, row.count = at, 0
        if row.count < rule.most:
            row.count += 1
            row.save(update_fields=["since_at", "count"])
            return
    raise UnableToTryNow(
        _("Sudah terlalu banyak percobaan. Tunggu %(wait)s, lalu coba lagi.")
        % {"wait": _show_wait(ends_at - at)},
        wait=ends_at - at,
    )


def forgive_try(limit: str, key: str) -> None:
    """Take back one counted try, because it was no guess."""
    TryCount.objects.filter(limit=limit, key=_key_hash(limit, key), count__gt=0).update(count=F("count") - 1)


def forget_tries(limit: str, key: str) -> None:
    TryCount.objects.filter(limit=limit, key=_key_hash(limit, key)).delete()


def _locked_row(limit: str, hashed: str, at: datetime) -> TryCount:
    """The counter, ours until the transaction ends. Others may make it or take it away between two looks."""
    while True:
        row = TryCount.objects.select_for_update().filter(limit=limit, key=hashed).first()
        if row is not None:
            return row
        try:
            with transaction.atomic():
                return TryCount.objects.create(limit=limit, key=hashed, since_at=at)
        except IntegrityError:
            continue


def _key_hash(limit: str, key: str) -> str:
    return salted_hmac(f"etoko.people.{limit}", key, algorithm="sha256").hexdigest()


def _show_wait(wait: timedelta) -> str:
    seconds = max(1, math.ceil(wait.total_seconds()))
    if seconds < 60:
        return ngettext("%(n)s detik", "%(n)s detik", seconds) % {"n": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext("%(n)s menit", "%(n)s menit", minutes) % {"n": minutes}
