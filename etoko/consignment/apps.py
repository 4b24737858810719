from django.apps import AppConfig


class ConsignmentConfig(AppConfig):
    name = "etoko.consignment"
    label = "consignment"
    default_auto_field = "django.db.models.BigAutoField"
