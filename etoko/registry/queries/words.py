from django.utils.translation import gettext_lazy as _

HOW_CONSENTED = {
    "self": _("oleh pemilik sendiri"),
    "kader": _("lewat kader, secara lisan"),
    "paper": _("di surat persetujuan"),
    "register": _("menurut daftar yang diimpor"),
    "hand_over": _("karena pemiliknya berganti"),
}
