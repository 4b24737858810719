"""Pictures of proofs and refunds lie with the other private ones; a proof may outlive its picture."""

from pathlib import Path

from django.conf import settings
from django.db import migrations, models


def move_pictures(apps, schema_editor):
    """They keep their names. What was moved before, or is not there, is passed over."""
    media = Path(settings.MEDIA_ROOT)
    for name in ("proofs", "refunds"):
        folder = media / name
        if not folder.is_dir():
            continue
        (media / "private-photos").mkdir(exist_ok=True)
        for picture in folder.glob("*.jpg"):
            picture.replace(media / "private-photos" / picture.name)
        if not any(folder.iterdir()):
            folder.rmdir()


class Migration(migrations.Migration):

    dependencies = [
        ("payments", "0005_terms"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paymentproof",
            name="key",
            field=models.CharField(max_length=40, null=True, unique=True),
        ),
        migrations.RunPython(move_pictures, migrations.RunPython.noop),
    ]
