from django.db import migrations
from django.utils import timezone

AT_ONCE = 2_000


def write_opening_movements(apps, schema_editor):
    """What stands there is where the books begin: one movement for the stock, one for what is held of it."""
    Variant = apps.get_model('catalog', 'Variant')
    StockMovement = apps.get_model('catalog', 'StockMovement')
    begun = timezone.now()
    rows = []
    for pk, on_hand, held in Variant.objects.order_by('pk').values_list('pk', 'on_hand', 'held'):
        if on_hand:
            rows.append(StockMovement(
                variant_id=pk, kind='adjusted', on_hand_change=on_hand, reason='opening', cause='start', at=begun
            ))
        if held:
            rows.append(StockMovement(variant_id=pk, kind='held', held_change=held, cause='start', at=begun))
    StockMovement.objects.bulk_create(rows, batch_size=AT_ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0006_stock_movements'),
    ]

    operations = [
        migrations.RunPython(write_opening_movements, migrations.RunPython.noop),
    ]
