from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "etoko.config"
    label = "config"

    def ready(self) -> None:
        from etoko.config.effects import ANSWERS
        from etoko.foundation import effects

        effects.connect(ANSWERS)
