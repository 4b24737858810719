"""The steps by which a business comes to sell digitally, and what has to have happened in its shop for each.

The order is that of the paper's readiness ladder. Nobody is put on a step by hand.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHATSAPP_ONLY, PHOTOS, CATALOGUE, ONLINE_ORDERS, DIGITAL_PAYMENT, B2B = range(6)
CLIMBED = (PHOTOS, CATALOGUE, ONLINE_ORDERS, DIGITAL_PAYMENT, B2B)

STEPS: dict[int, Promise] = {
    WHATSAPP_ONLY: _("Hanya WhatsApp"),
    PHOTOS: _("Foto produk"),
    CATALOGUE: _("Katalog"),
    ONLINE_ORDERS: _("Pesanan online"),
    DIGITAL_PAYMENT: _("Bayar digital"),
    B2B: _("Pembeli besar"),
}

CATALOGUE_GOODS = 3
"""From so many goods on sale on it is a catalogue."""
B2B_ORDER_RP = 1_000_000
"""An assumption: an order of so much is one of a hotel, an office or a shop, not of a household. The paper
names the step and no figure."""

MEANINGS: dict[int, Promise] = {
    WHATSAPP_ONLY: _("Berjualan dari rumah atau lewat WhatsApp."),
    PHOTOS: _("Ada produk yang dijual di sini dengan foto."),
    CATALOGUE: _("Ada tiga produk atau lebih yang dijual di sini."),
    ONLINE_ORDERS: _("Ada pesanan yang dibuat sendiri oleh pembelinya, dan selesai."),
    DIGITAL_PAYMENT: _("Ada pesanan yang dibayar dengan QRIS, transfer, atau Midtrans."),
    B2B: _("Ada satu pesanan senilai Rp1.000.000 atau lebih yang selesai."),
}
"""What has to have happened; the figures are those above."""
