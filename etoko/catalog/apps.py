from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "etoko.catalog"
    label = "catalog"
    default_auto_field = "django.db.models.BigAutoField"
