"""Every room brings its own addresses; here they are put together."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("etoko.portal.urls")),
    path("", include("etoko.foundation.urls")),
    path("", include("etoko.people.urls")),
    path("", include("etoko.notices.urls")),
    path("", include("etoko.registry.urls")),
    path("", include("etoko.catalog.urls")),
    path("", include("etoko.vouchers.urls")),
    path("", include("etoko.payments.urls")),
    path("", include("etoko.midtrans.urls")),
    path("", include("etoko.reviews.urls")),
    path("", include("etoko.consignment.urls")),
    path("", include("etoko.groups.urls")),
    path("", include("etoko.needs.urls")),
    path("", include("etoko.partners.urls")),
    path("", include("etoko.promises.urls")),
    path("", include("etoko.ordering.urls")),
    path("", include("etoko.answering.urls")),
    path("", include("etoko.census.urls")),
    path("", include("etoko.discussion.urls")),
    path("", include("etoko.privacy.urls")),
    path("", include("etoko.exchange.urls")),
]
