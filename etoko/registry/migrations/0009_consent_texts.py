from typing import Any

from django.db import migrations, models


def name_the_first_text(apps: Any, schema_editor: Any) -> None:
    """Until now there was one text on the forms. What a register brought along was asked in words of its own."""
    consents = apps.get_model("registry", "PublicConsent").objects
    consents.filter(how__in=("self", "kader", "paper")).update(text_version="2026-11-awal")


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_helping")]

    operations = [
        migrations.AddField(
            model_name="publicconsent",
            name="text_version",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.RunPython(name_the_first_text, migrations.RunPython.noop),
    ]
