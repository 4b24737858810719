from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "etoko.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pathlib import Path

        from django.conf import settings

        from etoko.foundation.translations import compile_into

        compile_into(Path(settings.LOCALE_PATHS[0]))
