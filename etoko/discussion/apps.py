from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "etoko.discussion"
    label = "discussion"
    default_auto_field = "django.db.models.BigAutoField"
