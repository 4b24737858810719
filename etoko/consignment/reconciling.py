"""What this room knows of the stock: every consigned piece stands in a line that is out."""

from django.db.models import F, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from etoko.catalog.models import Variant
from etoko.catalog.reconciling import Difference
from etoko.consignment.models import ConsignmentLine


def consignments_out_of_step() -> list[Difference]:
    """Variants of which more or less is consigned than the lines say. One query."""
    of_lines = (
        ConsignmentLine.objects.filter(variant=OuterRef("pk"), out__gt=0)
        .order_by()
        .values("variant")
        .annotate(sum=Sum("out"))
        .values("sum")
    )
    rows = (
        Variant.objects.annotate(at_places=Coalesce(Subquery(of_lines, output_field=IntegerField()), 0))
        .exclude(at_places=F("consigned"))
        .order_by("pk")
        .values_list("pk", "product__name", "name", "consigned", "at_places")
    )
    return [
        Difference("consigned_to_places", pk, f"{product} {name}".strip(), consigned, at_places)
        for pk, product, name, consigned, at_places in rows
    ]
