"""What the deeds of all rooms, their fields and their constants are called in the traces.

A room that gets a new deed gives it its words here; a test reads all `record_deed(deed=…)` and misses none.
"""

from django.utils.translation import gettext_lazy as _

from etoko.audit.words import Words
from etoko.people.roles import ROLE_NAMES
from etoko.registry.sections import FIELD_NAMES

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
    # registry
    "register_business": _("Mendaftarkan usaha"),
    "edit_identitas": _("Mengubah data usaha"),
    "edit_kontak": _("Mengubah pemilik atau nomor HP"),
    "edit_alamat": _("Mengubah alamat atau letak"),
    "edit_produk": _("Mengubah jenis atau produk"),
    "edit_skala": _("Mengubah ukuran usaha"),
    "set_consents": _("Mencatat persetujuan pemilik"),
    "verify_business": _("Memverifikasi usaha"),
    "ask_correction": _("Meminta perbaikan"),
    "reopen_verification": _("Membuka lagi pemeriksaan"),
    "save_licence": _("Mencatat izin"),
    "check_licence": _("Memeriksa izin"),
    "invite_owner": _("Membuat tautan buka toko"),
    "set_village_target": _("Menentukan target desa"),
    "export_register": _("Mengunduh register"),
}

FIELDS: Words = {
    **FIELD_NAMES,
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
