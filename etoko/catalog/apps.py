from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "etoko.catalog"
    label = "catalog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Rows that belong to the code are kept in step where Django keeps its own: after a migrate, and after
        # the flush between tests that use threads. A data migration would run once and miss both.
        post_migrate.connect(_load_categories, sender=self)


def _load_categories(*, apps: Apps | None = None, **_: Any) -> None:
    # A migrate says which tables there are now: it may have gone back to before this room. A flush says none.
    if apps is not None and ("catalog", "category") not in _models(apps):
        return
    from etoko.catalog.categories import load_categories

    load_categories()


def _models(apps: Apps) -> set[tuple[str, str]]:
    return {(model._meta.app_label, str(model._meta.model_name)) for model in apps.get_models()}
