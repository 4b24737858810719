"""What the deeds of all rooms, their fields and their constants are called in the traces.

A room that gets a new deed gives it its words here; a test reads all `record_deed(deed=…)` and misses none.
"""

from django.utils.translation import gettext_lazy as _

from etoko.audit.words import Words
from etoko.people.roles import ROLE_NAMES

DEEDS: Words = {
    # people
    "join": _("Mendaftar"),
    "create_person": _("Membuatkan akun"),
    "create_first_officer": _("Membuat petugas pertama"),
    "claim_unproven_account": _("Mengambil alih akun yang belum dibuktikan"),
    "verify_phone": _("Membuktikan nomor HP"),
    "show_login_code": _("Membacakan kode masuk"),
    "create_activation_link": _("Membuat tautan masuk"),
    "revoke_activation_link": _("Membatalkan tautan masuk"),
    "use_activation_link": _("Masuk lewat tautan"),
    "change_passphrase": _("Mengganti kata sandi"),
    "add_passkey": _("Menambah kunci sandi"),
    "remove_passkey": _("Menghapus kunci sandi"),
    "grant_role": _("Memberi peran"),
    "end_role": _("Mengakhiri peran"),
}

FIELDS: Words = {
    "role": _("Peran"),
    "starts_on": _("Mulai"),
    "ends_on": _("Sampai"),
    "ended_at": _("Diakhiri"),
    "home_area": _("Desa"),
    "phone": _("Nomor HP"),
    "name": _("Nama"),
    "status": _("Keadaan"),
    "state": _("Keadaan"),
}

VALUES: Words = {**ROLE_NAMES}
