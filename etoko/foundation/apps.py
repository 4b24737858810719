from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "etoko.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pathlib import Path

        from django.conf import settings
        from django.db.backends.signals import connection_created
        from django.forms import Field
        from django.utils.translation import gettext_lazy as _

        from etoko.foundation.generation import watch_writes
        from etoko.foundation.translations import compile_into

        # What to do, not what is forbidden; fields that can say more say it themselves.
        Field.default_error_messages["required"] = _("Isi dulu bagian ini.")
        compile_into(Path(settings.LOCALE_PATHS[0]))
        # Django offers no other way to reach the connections of all threads as they are opened.
        connection_created.connect(watch_writes)
