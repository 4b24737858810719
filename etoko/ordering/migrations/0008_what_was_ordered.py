"""What was ordered before is what the line has now; what was received may be complained about for three days."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F

HOLIDAYS = """
2026-01-01 Tahun Baru Masehi
2026-01-16 Isra Mikraj
2026-02-16 Cuti bersama Imlek
2026-02-17 Tahun Baru Imlek
2026-03-18 Cuti bersama Nyepi
2026-03-19 Hari Suci Nyepi
2026-03-20 Cuti bersama Idulfitri
2026-03-21 Idulfitri
2026-03-22 Idulfitri
2026-03-23 Cuti bersama Idulfitri
2026-03-24 Cuti bersama Idulfitri
2026-04-03 Wafat Yesus Kristus
2026-04-05 Paskah
2026-05-01 Hari Buruh
2026-05-14 Kenaikan Yesus Kristus
2026-05-15 Cuti bersama Kenaikan
2026-05-27 Iduladha
2026-05-28 Cuti bersama Iduladha
2026-05-31 Waisak
2026-06-01 Hari Lahir Pancasila
2026-06-16 Tahun Baru Islam
2026-08-17 Hari Kemerdekaan
2026-08-25 Maulid Nabi Muhammad
2026-12-24 Cuti bersama Natal
2026-12-25 Natal
2027-01-01 Tahun Baru Masehi
2027-05-01 Hari Buruh
2027-06-01 Hari Lahir Pancasila
2027-08-17 Hari Kemerdekaan
2027-12-25 Natal
"""
"""2026: SKB 3 Menteri no. 1497, 2 and 5 of 2025 (19 September 2025). Of 2027 only the days that never move: the
officers add the others when they are announced."""


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    apps.get_model("ordering", "OrderLine").objects.update(ordered_quantity=F("quantity"))
    orders = apps.get_model("ordering", "Order").objects
    orders.filter(state__in=("delivered", "completed")).update(
        received_at=F("changed_at"), complain_until_at=F("changed_at") + timedelta(days=3)
    )
    holidays = apps.get_model("ordering", "Holiday")
    holidays.objects.bulk_create(
        [
            holidays(day_on=line[:10], name=line[11:])
            for line in HOLIDAYS.strip().splitlines()
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("ordering", "0007_after_the_order")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
