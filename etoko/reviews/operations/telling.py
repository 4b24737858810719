"""Who is told of a review, in the transaction of the deed."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from etoko.foundation.addresses import whole_address
from etoko.notices.operations import send_notice
from etoko.ordering.access import link_secret
from etoko.ordering.models import Order
from etoko.people.models import Person
from etoko.registry.access import people_of_businesses
from etoko.reviews.models import Review


def tell_seller_of_review(*, review: Review, at: datetime) -> None:
    """Everybody of the business, once for each review; a change of it is no news."""
    business = review.shop.business_id
    people = people_of_businesses([business], on=timezone.localdate(at)).get(business, [])
    path = reverse("reviews:of_seller", args=[review.shop.public_id])
    recipients: list[Person | None] = [*people] or ([None] if review.shop.whatsapp else [])
    for person in recipients:
        with translation.override(person.language if person else "id"):
            title = _("Ulasan baru: %(stars)s bintang") % {"stars": review.stars}
            about = review.line.product_name if review.line else review.shop.name
            text = _("Pembeli memberi %(stars)s bintang untuk %(about)s. Baca dan balas: %(link)s") % {
                "stars": review.stars,
                "about": about,
                "link": whole_address(path),
            }
        send_notice(
            key=f"review:{review.pk}:{person.pk if person else 'shop'}",
            kind="review_new",
            title=title,
            text=text,
            path=path,
            at=at,
            recipient=person,
            phone="" if person else review.shop.whatsapp,
        )


def tell_author(*, review: Review, occasion: str, title: str, sentence: str, at: datetime) -> None:
    """By the number she ordered with, whether she has an account or not."""
    path = review_path(review.order)
    send_notice(
        key=f"review:{review.pk}:{occasion}:{at:%Y%m%d%H%M%S%f}",
        kind=f"review_{occasion}",
        title=title,
        text=f"{sentence}\n\n{_('Lihat: %(link)s') % {'link': whole_address(path)}}",
        path=path,
        at=at,
        recipient=review.order.group.buyer,
        phone=review.order.group.phone,
    )


def language_of(order: Order) -> str:
    return order.group.buyer.language if order.group.buyer else "id"


def review_path(order: Order) -> str:
    return reverse("reviews:of_order", args=[link_secret(order.group), order.number])
