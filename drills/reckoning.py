"""After a drill: does the database say what everybody was told, and does it agree with itself?

Nothing that is checked here is taken from the deeds that wrote it: counts, sums, and what the clients
and the provider remember.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Sum

from etoko.catalog.models import Variant
from etoko.config.reconciling import stock_differences
from etoko.notices.models import Delivery, Notice
from etoko.notices.states import REACHED, SENDING, UNCERTAIN, WAITING
from etoko.ordering.models import Order, OrderEvent, OrderGroup, OrderLine
from etoko.ordering.states import BUYER, CANCELLED, CLOCK, DECLINED, SELLER
from etoko.payments.models import Balance, Payment
from etoko.registry.models import Business, ImportBatch, ImportRow
from etoko.registry.states import COMMITTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from drills.people import Book

Mistakes = list[str]


def reckon(
    *, book: Book, goods_received: Mapping[int, int], messages: Iterable[int], may_be_uncertain: int = 0
) -> Mistakes:
    """Everything that is wrong, in words; an empty list is what a drill hopes for.

    `messages` are the deliveries that the provider got; `may_be_uncertain` says how many senders were stopped
    in the middle, each of which leaves at most one message of which nobody can know.
    """
    checks: list[Callable[[], Mistakes]] = [
        lambda: orders_as_told(book),
        lambda: deeds_as_told(book),
        timelines_whole,
        lambda: imports_as_told(book),
        lambda: stock_right(goods_received),
        notices_exact,
        lambda: messages_once(messages, may_be_uncertain),
        money_right,
        database_sound,
    ]
    return [mistake for check in checks for mistake in check()]


def orders_as_told(book: Book) -> Mistakes:
    """None lost, none doubled, and in each what was ordered."""
    wrong = []
    groups = Counter(OrderGroup.objects.values_list("phone", flat=True))
    lines: dict[str, Counter[int]] = defaultdict(Counter)
    for phone, variant, quantity in OrderLine.objects.values_list(
        "order__group__phone", "variant_id", "quantity"
    ):
        lines[phone][variant] += quantity
    for told in book.orders:
        found = groups.pop(told.phone, 0)
        if told.placed is None:
            wrong.append(f"{told.phone} was never answered")
        elif found != int(told.placed):
            wrong.append(f"{told.phone} was told {told.placed}, and there are {found} orders")
        elif found and dict(lines[told.phone]) != dict(told.goods):
            wrong.append(f"{told.phone} ordered {dict(told.goods)} and got {dict(lines[told.phone])}")
    wrong += [f"{phone} ordered nothing, and there are {found} orders" for phone, found in groups.items()]
    for pk, total, parts in OrderGroup.objects.annotate(parts=Sum("orders__total_rp")).values_list(
        "pk", "total_rp", "parts"
    ):
        if total != parts:
            wrong.append(f"group {pk} is {total}, its orders are {parts}")
    return wrong


def deeds_as_told(book: Book) -> Mistakes:
    wrong = []
    done = Counter(OrderEvent.objects.exclude(deed="pay").values_list("order__number", "deed"))
    done.update((number, "pay") for number in Payment.objects.values_list("order__number", flat=True))
    told_done: Counter[tuple[str, str]] = Counter()
    for told in book.deeds:
        if told.done is None:
            wrong.append(f"{told.deed} of {told.number} was never answered")
        told_done[told.number, told.deed] += bool(told.done)
    for (number, deed), times in told_done.items():
        if done[number, deed] != times:
            wrong.append(f"{number}: told {deed} {times} times, it happened {done[number, deed]} times")
    return wrong


def timelines_whole() -> Mistakes:
    """Each event begins where the one before ended, and the order is where the last one led."""
    wrong = []
    events: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for pk, *event in OrderEvent.objects.order_by("id").values_list(
        "order_id", "deed", "from_state", "to_state"
    ):
        events[pk].append((event[0], event[1], event[2]))
    for pk, state in Order.objects.values_list("pk", "state"):
        at = ""
        for deed, before, after in events[pk]:
            if before != at:
                wrong.append(f"order {pk}: {deed} begins at {before!r}, the order was {at!r}")
            at = after
        if at != state:
            wrong.append(f"order {pk} is {state}, its timeline ends with {at!r}")
    return wrong


def imports_as_told(book: Book) -> Mistakes:
    wrong = []
    for told in book.imports:
        found = Business.objects.filter(name__startswith=told.prefix).count()
        if told.done is None:
            wrong.append(f"{told.prefix}was never answered")
        elif found != (told.rows if told.done else 0):
            wrong.append(f"{told.prefix}told {told.done}: {found} of {told.rows} businesses are there")
    committed = ImportBatch.objects.filter(state=COMMITTED).values_list("pk", flat=True)
    halves = ImportRow.objects.exclude(batch__in=committed).count()
    if halves:
        wrong.append(f"{halves} rows of imports that did not go in")
    if len(committed) != sum(bool(told.done) for told in book.imports):
        wrong.append(f"{len(committed)} imports went in")
    return wrong


def stock_right(received: Mapping[int, int]) -> Mistakes:
    """What came in less what left is there; what open orders wait for is held. Our reconciliation says the
    same, and nothing was sold twice."""
    wrong = [str(difference) for difference in stock_differences()]
    left: Counter[int] = Counter()
    held: Counter[int] = Counter()
    for variant, quantity, still_held, state in OrderLine.objects.values_list(
        "variant_id", "quantity", "held_quantity", "order__state"
    ):
        held[variant] += still_held
        if not still_held and state not in (CANCELLED, DECLINED):
            left[variant] += quantity
    for pk, on_hand, is_held in Variant.objects.values_list("pk", "on_hand", "held"):
        if on_hand != received.get(pk, 0) - left[pk]:
            wrong.append(f"variant {pk}: {on_hand} there, {received.get(pk, 0)} came, {left[pk]} left")
        if is_held != held[pk]:
            wrong.append(f"variant {pk}: {is_held} held, orders wait for {held[pk]}")
        if left[pk] + held[pk] > received.get(pk, 0):
            wrong.append(f"variant {pk} was sold more often than it came")
    return wrong


def notices_exact() -> Mistakes:
    """For each thing that happened exactly the notices that tell the others of it."""
    wanted: Counter[tuple[str, str]] = Counter()
    for pk in OrderGroup.objects.values_list("pk", flat=True):
        wanted[f"order-group:{pk}", "place"] += 1
    for number, deed, party in OrderEvent.objects.values_list("order__number", "deed", "party"):
        if party in (SELLER, CLOCK):
            wanted[f"order:{number}:buyer", deed] += 1
        if party == BUYER or deed in ("expire", "cancel_unpaid"):
            wanted[f"order:{number}:seller", deed] += 1
    deeds = {deed for _about, deed in wanted}
    found: Counter[tuple[str, str]] = Counter()
    for key, kind, about in Notice.objects.filter(kind__startswith="order_").values_list(
        "key", "kind", "about"
    ):
        deed = kind.removeprefix("order_")
        if deed in deeds:
            found[about or key.removesuffix(":place"), deed] += 1
    return [
        f"{about}: {deed} should have been told {wanted[about, deed]} times, was {found[about, deed]} times"
        for about, deed in sorted({*wanted, *found})
        if wanted[about, deed] != found[about, deed]
    ]


def messages_once(messages: Iterable[int], may_be_uncertain: int) -> Mistakes:
    """Each notice to a phone left the machine once. Of what was being sent by somebody who was stopped nobody
    can know: it is marked so, and was not sent again."""
    wrong = []
    arrived = Counter(messages)
    uncertain = 0
    of_notices: Counter[int] = Counter()
    for pk, notice, state in Delivery.objects.values_list("pk", "notice_id", "state"):
        of_notices[notice] += 1
        came = arrived.pop(pk, 0)
        uncertain += state == UNCERTAIN
        if came > 1:
            wrong.append(f"message {pk} came {came} times")
        elif state in REACHED and came != 1:
            wrong.append(f"message {pk} is {state} and never came")
        elif state in (WAITING, SENDING):
            wrong.append(f"message {pk} is still {state}")
        elif came and state not in (*REACHED, UNCERTAIN):
            wrong.append(f"message {pk} came and is {state}")
    wrong += [f"message {pk} came and nobody wrote it" for pk in arrived]
    if uncertain > may_be_uncertain:
        wrong.append(f"{uncertain} messages are uncertain, at most {may_be_uncertain} senders were stopped")
    for pk in Notice.objects.exclude(phone="").values_list("pk", flat=True):
        if of_notices[pk] != 1:
            wrong.append(f"notice {pk} has {of_notices[pk]} messages")
    return wrong


def money_right() -> Mistakes:
    wrong = []
    booked = dict(Payment.objects.values_list("order_id").annotate(rp=Sum("amount_rp")))
    for pk, received, returned, due, paid in Balance.objects.values_list(
        "order_id", "received_rp", "returned_rp", "due_rp", "paid_rp"
    ):
        if received - returned != booked.pop(pk, 0):
            wrong.append(f"order {pk}: the balance is not the sum of its payments")
        if paid > due:
            wrong.append(f"order {pk}: {paid} paid of {due}")
    return wrong + [f"order {pk} has payments and no balance" for pk in booked]


def database_sound() -> Mistakes:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answer = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        return [answer] * (answer != "ok") + [f"foreign key: {row}" for row in cursor.fetchall()]
