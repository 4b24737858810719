"""What ordering knows of the stock: every piece that is held stands in a line of an open order."""

from django.db.models import F, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from etoko.catalog.models import Variant
from etoko.catalog.reconciling import Difference
from etoko.ordering.models import OrderLine


def lines_out_of_step() -> list[Difference]:
    """Variants of which more or less is held than the lines of orders say. One query."""
    of_lines = (
        OrderLine.objects.filter(variant=OuterRef("pk"), held_quantity__gt=0)
        .order_by()
        .values("variant")
        .annotate(held=Sum("held_quantity"))
        .values("held")
    )
    rows = (
        Variant.objects.annotate(for_orders=Coalesce(Subquery(of_lines, output_field=IntegerField()), 0))
        .exclude(for_orders=F("held"))
        .order_by("pk")
        .values_list("pk", "product__name", "name", "held", "for_orders")
    )
    return [
        Difference("held_for_orders", pk, f"{product} {name}".strip(), held, for_orders)
        for pk, product, name, held, for_orders in rows
    ]
