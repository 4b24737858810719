"""The books of a group: what its treasurer took and gave, written once. The platform holds no money."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from etoko.foundation.kept import Kept
from etoko.groups.models import Group, Member
from etoko.people.models import Person


class Loan(models.Model):
    """What a member borrowed, for what, and how it is paid back."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="loans")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="loans")
    lent_on = models.DateField()
    amount_rp = models.PositiveBigIntegerField()
    purpose = models.CharField(max_length=120)
    months = models.PositiveSmallIntegerField()
    """In how many monthly instalments it is to be paid back."""
    charge_rp = models.PositiveBigIntegerField(default=0)
    """Jasa for each month, as agreed when it was lent."""
    lent_rp = models.PositiveBigIntegerField(default=0)
    """The sum of its loan entries: the amount, or nought where it was taken back."""
    repaid_rp = models.PositiveBigIntegerField(default=0)
    """The sum of its instalments, without jasa."""

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(amount_rp__gt=0, months__gte=1), name="loan_is_something"),
            models.CheckConstraint(
                condition=Q(lent_rp=0) | Q(lent_rp=F("amount_rp")), name="loan_lent_whole_or_not"
            ),
            models.CheckConstraint(condition=Q(repaid_rp__lte=F("lent_rp")), name="loan_repaid_within_lent"),
        ]

    @property
    def left_rp(self) -> int:
        return self.lent_rp - self.repaid_rp

    def __str__(self) -> str:
        return f"{self.purpose} {self.amount_rp}"


class Slip(Kept):
    """A bukti kas: money that came in or went out in one go, numbered within the group. A mistake is followed
    by a counter-slip."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="slips", db_index=False)
    number = models.PositiveIntegerField()
    on = models.DateField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="slips")
    text = models.CharField(max_length=200)
    """What stands in the column Uraian."""
    total_rp = models.BigIntegerField()
    """More than nought came in, less went out: the sum of its entries."""
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    """Of a counter-slip: what it takes back, whole."""
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["group", "on", "number"], name="slip_of_group")]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="slip_number_once"),
            models.CheckConstraint(condition=~Q(total_rp=0), name="slip_is_something"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reason=""), name="slip_reversed_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)  # stands in the traces: not who, nor how much


class Entry(Kept):
    """A part of a slip, for one purpose."""

    PRINCIPAL, MANDATORY, VOLUNTARY = "principal", "mandatory", "voluntary"
    LOAN, INSTALMENT, CHARGE = "loan", "instalment", "charge"
    DUES, INCOME, EXPENSE, OPENING = "dues", "income", "expense", "opening"
    KINDS = [
        (PRINCIPAL, _("simpanan pokok")),
        (MANDATORY, _("simpanan wajib")),
        (VOLUNTARY, _("simpanan sukarela")),
        (LOAN, _("pinjaman")),
        (INSTALMENT, _("angsuran")),
        (CHARGE, _("jasa")),
        (DUES, _("iuran")),
        (INCOME, _("penerimaan lain")),
        (EXPENSE, _("pengeluaran")),
        (OPENING, _("saldo awal")),
    ]
    SAVINGS = (PRINCIPAL, MANDATORY, VOLUNTARY)
    """Come in when they are saved and go out when they are given back."""
    COMING = (INSTALMENT, CHARGE, DUES, INCOME, OPENING)
    GOING = (LOAN, EXPENSE)

    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="entries")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="entries", db_index=False)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    kind = models.CharField(max_length=10, choices=KINDS)
    amount_rp = models.BigIntegerField()
    """What it does to the cash: more than nought came in."""
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["group", "kind"], name="entry_of_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["principal", "mandatory", "voluntary"]) & ~Q(amount_rp=0)
                | Q(
                    kind__in=["instalment", "charge", "dues", "income", "opening"],
                    reverses__isnull=True,
                    amount_rp__gt=0,
                )
                | Q(
                    kind__in=["instalment", "charge", "dues", "income", "opening"],
                    reverses__isnull=False,
                    amount_rp__lt=0,
                )
                | Q(kind__in=["loan", "expense"], reverses__isnull=True, amount_rp__lt=0)
                | Q(kind__in=["loan", "expense"], reverses__isnull=False, amount_rp__gt=0),
                name="entry_goes_as_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["loan", "instalment", "charge"], loan__isnull=False, member__isnull=False
                )
                | Q(
                    kind__in=["principal", "mandatory", "voluntary", "dues"],
                    loan__isnull=True,
                    member__isnull=False,
                )
                | Q(kind__in=["income", "expense", "opening"], loan__isnull=True, member__isnull=True),
                name="entry_is_of_whom_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_rp}"
