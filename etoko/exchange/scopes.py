"""What a token may be allowed to read, of that which its person may see. Less than she may, never more."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OWN, REGISTER = "saya", "register"

SCOPES: dict[str, tuple[Promise, Promise]] = {
    OWN: (_("Usaha dan produk saya"), _("Usaha yang Anda urus, produknya, harga, dan stoknya")),
    REGISTER: (
        _("Register usaha"),
        _("Catatan lengkap di wilayah tugas Anda, berisi data pribadi; setiap pengambilan tercatat"),
    ),
}
