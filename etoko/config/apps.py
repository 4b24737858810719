from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "etoko.config"
    label = "config"

    def ready(self) -> None:
        from etoko.audit import words
        from etoko.catalog.beside import ask_maker_by, ask_offers_by, ask_reviews_by
        from etoko.catalog.operations.photographing import keep_photos_of
        from etoko.config.effects import ANSWERS
        from etoko.config.merging import RULES
        from etoko.config.shops import open_shop_paths
        from etoko.config.words import DEEDS, FIELDS, VALUES
        from etoko.config.words_due import DUE_WORK
        from etoko.discussion.operations.photographing import kept_photos as photos_of_posts
        from etoko.foundation import effects
        from etoko.groups.queries.cooperatives import maker_of
        from etoko.partners.hanging import ask_hanging_by
        from etoko.portal import health
        from etoko.promises.queries.counting import hanging_promises
        from etoko.registry import merging
        from etoko.registry.shops import ask_shops_by
        from etoko.reviews.operations.photographing import kept_photos
        from etoko.reviews.queries import first_reviews
        from etoko.vouchers.queries import open_vouchers

        effects.connect(ANSWERS)
        words.connect(deeds=DEEDS, fields=FIELDS, values=VALUES)
        health.connect(due_work=DUE_WORK)
        merging.connect(RULES)
        ask_shops_by(open_shop_paths)
        ask_offers_by(open_vouchers)
        ask_reviews_by(first_reviews)
        ask_maker_by(maker_of)
        ask_hanging_by(hanging_promises)
        keep_photos_of(kept_photos, photos_of_posts)
