from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "etoko.config"
    label = "config"

    def ready(self) -> None:
        from etoko.audit import words
        from etoko.config.effects import ANSWERS
        from etoko.config.words import DEEDS, FIELDS, VALUES
        from etoko.foundation import effects

        effects.connect(ANSWERS)
        words.connect(deeds=DEEDS, fields=FIELDS, values=VALUES)
