from typing import Any

from django.db import migrations
from django.db.models import Q


def tell_the_consents(apps: Any, schema_editor: Any) -> None:
    """A sheet has always known which text was read out; now the consent that it brought knows it too."""
    consents = apps.get_model("registry", "PublicConsent").objects
    sheets = apps.get_model("census", "Sheet").objects.exclude(consent_version="")
    for sheet in sheets.only("business", "person", "filled_at", "received_at", "consent_version").iterator():
        brought = Q(given_at=sheet.received_at) | Q(given_at__range=(sheet.filled_at, sheet.received_at))
        consents.filter(
            brought,
            business_id=sheet.business_id,
            recorded_by_id=sheet.person_id,
            how__in=("kader", "paper"),
        ).update(text_version=sheet.consent_version)


class Migration(migrations.Migration):
    dependencies = [("census", "0002_marks_instead_of_facts"), ("registry", "0009_consent_texts")]

    operations = [migrations.RunPython(tell_the_consents, migrations.RunPython.noop)]
