from typing import Any

from django.db import migrations


def forget_facts(apps: Any, schema_editor: Any) -> None:
    """What stood there were the facts themselves; without marks a sheet is compared with what was seen."""
    apps.get_model("census", "Sheet").objects.update(left={})


class Migration(migrations.Migration):
    dependencies = [("census", "0001_initial")]

    operations = [
        migrations.RenameField("sheet", "after", "left"),
        migrations.RunPython(forget_facts, migrations.RunPython.noop),
    ]
