"""What stands as a balance is what the entries come to: asked every night."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from etoko.catalog.reconciling import Difference
from etoko.groups.models import Group, Member
from etoko.groups.models_books import Entry, Loan, Slip


def books_out_of_step() -> list[Difference]:
    """Groups, members, loans and slips whose figures are not the sums of their entries. Five questions."""
    return [
        *_differing("group_cash", Group.objects.all(), "cash_rp", "group", Q(), "name"),
        *(
            difference
            for kind in Entry.SAVINGS
            for difference in _differing(
                f"member_{kind}", Member.objects.all(), f"{kind}_rp", "member", Q(kind=kind), "name"
            )
        ),
        *_differing(
            "loan_lent", Loan.objects.all(), "lent_rp", "loan", Q(kind=Entry.LOAN), "member__name", sign=-1
        ),
        *_differing(
            "loan_repaid", Loan.objects.all(), "repaid_rp", "loan", Q(kind=Entry.INSTALMENT), "member__name"
        ),
        *_differing("slip_total", Slip.objects.all(), "total_rp", "slip", Q(), "text"),
    ]


def _differing(  # noqa: PLR0917 - a row of a table, read across
    what: str,
    rows: QuerySet[Group] | QuerySet[Member] | QuerySet[Loan] | QuerySet[Slip],
    field: str,
    key: str,
    which: Q,
    name: str,
    *,
    sign: int = 1,
) -> Iterable[Difference]:
    sums = (
        Entry.objects.filter(which, **{key: OuterRef("pk")})
        .order_by()
        .values(key)
        .annotate(sum=Sum("amount_rp") * sign)
        .values("sum")
    )
    wrong = (
        rows.annotate(reckoned=Coalesce(Subquery(sums, output_field=BigIntegerField()), 0))
        .exclude(reckoned=F(field))
        .order_by("pk")
        .values_list("pk", name, field, "reckoned")
    )
    return [Difference(what, *row) for row in wrong]
