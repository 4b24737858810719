"""What was marked as paid before there was a ledger gets its entry: who marked it, and when, as it was noted."""

from django.db import migrations
from django.utils import timezone

OVER = ("cancelled", "declined")


def write_entries(apps, editor):
    Order = apps.get_model("ordering", "Order")
    OrderEvent = apps.get_model("ordering", "OrderEvent")
    Payment = apps.get_model("payments", "Payment")
    Balance = apps.get_model("payments", "Balance")
    paid = Order.objects.filter(payment_state="paid", total_rp__gt=0).order_by("pk")
    marked = {
        event.order_id: event
        for event in OrderEvent.objects.filter(deed="pay", order__in=paid).order_by("pk")
    }
    payments, balances = [], []
    for order in paid.iterator():
        event = marked.get(order.pk)
        at = event.at if event else order.changed_at
        payments.append(
            Payment(
                order=order,
                shop_id=order.shop_id,
                kind="received",
                amount_rp=order.total_rp,
                method=order.payment,
                received_on=timezone.localdate(at),
                source="start",
                source_ref=str(order.pk),
                recorded_by_id=event.by_id if event else None,
                recorded_name=event.by_name if event else "",
                for_name=event.for_name if event else "",
                recorded_at=at,
            )
        )
        over = order.state in OVER
        balances.append(
            Balance(
                order=order,
                shop_id=order.shop_id,
                due_rp=0 if over else order.total_rp,
                received_rp=order.total_rp,
                paid_rp=0 if over else order.total_rp,
                owed_rp=order.total_rp if over else 0,
                owed_since_at=order.changed_at if over else None,
            )
        )
        order.paid_rp = 0 if over else order.total_rp
        order.payment_state = "not_paid" if over else "paid"
        order.save(update_fields=["paid_rp", "payment_state"])
    Payment.objects.bulk_create(payments, batch_size=500)
    Balance.objects.bulk_create(balances, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [migrations.RunPython(write_entries, migrations.RunPython.noop)]
