"""Who answers when a lower room announces a fact, in order. The only place that knows everybody.

A fact is a frozen dataclass of the room that announces it; an answer is a function that takes
keyword `fact` and runs in the same transaction as the deed that announced it.
"""

from etoko.catalog.facts import ProductChanged, ShopChanged, ShopStarted
from etoko.catalog.operations.following import follow_closing
from etoko.catalog.search.operations import follow_directory, follow_product, follow_shop
from etoko.exchange.operations.lapak import follow_import_going_back, follow_shop_started
from etoko.foundation.effects import Answers
from etoko.notices.operations.telling_owners import tell_account_helped
from etoko.ordering.facts import ComplaintEscalated, OrderMoved, OrderTotalChanged
from etoko.ordering.operations.telling_officers import tell_officers_of_complaint
from etoko.partners.facts import MandateHandedOver
from etoko.payments.operations.settling import follow_move, follow_total
from etoko.people.facts import AccountHelped
from etoko.promises.operations import follow_handover
from etoko.registry.facts import BusinessClosed, DirectoryChanged, ImportGoesBack
from etoko.reviews.operations import invite_to_review

ANSWERS: Answers = {
    AccountHelped: [tell_account_helped],
    ProductChanged: [follow_product],
    ShopChanged: [follow_shop],
    ShopStarted: [follow_shop_started],
    ComplaintEscalated: [tell_officers_of_complaint],
    DirectoryChanged: [follow_directory],
    BusinessClosed: [follow_closing],
    MandateHandedOver: [follow_handover],
    ImportGoesBack: [follow_import_going_back],
    OrderMoved: [follow_move, invite_to_review],
    OrderTotalChanged: [follow_total],
}
