from django.apps import AppConfig


class MidtransConfig(AppConfig):
    name = "etoko.midtrans"
    label = "midtrans"
    default_auto_field = "django.db.models.BigAutoField"
