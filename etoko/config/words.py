"""What the deeds of all rooms, their fields and their constants are called in the traces.

A room that gets a new deed gives it its words here; a test reads all `record_deed(deed=…)` and misses none.
"""

from django.utils.translation import gettext_lazy as _

from etoko.audit.words import Words
from etoko.catalog.states import PRODUCT_FLOW, SHOP_FLOW
from etoko.people.roles import ROLE_NAMES
from etoko.registry.models import LEGAL_FORMS, SCALES, PublicConsent
from etoko.registry.sections import FIELD_NAMES
from etoko.registry.states import VERIFICATION_FLOW

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
    "upload_register": _("Mengunggah daftar usaha"),
    "set_import_columns": _("Mencocokkan kolom daftar"),
    "import_register": _("Mengimpor daftar usaha"),
    "import_business": _("Mendata usaha dari daftar"),
    "fill_from_import": _("Melengkapi data dari daftar"),
    "discard_import": _("Membuang unggahan"),
    "undo_import": _("Membatalkan impor"),
    # catalog
    "start_shop": _("Membuat toko"),
    "open_shop": _("Membuka toko"),
    "close_shop": _("Menutup toko"),
    "suspend_shop": _("Menangguhkan toko"),
    "reinstate_shop": _("Memulihkan toko"),
    "fall_short": _("Toko kurang lengkap"),
    "complete": _("Toko lengkap lagi"),
    "describe_shop": _("Mengubah nama atau cerita toko"),
    "set_contact": _("Mengubah WhatsApp atau jam buka"),
    "set_payment_options": _("Mengubah cara bayar"),
    "set_delivery_options": _("Mengubah cara barang sampai"),
    "set_holiday": _("Mengatur libur"),
    "end_holiday": _("Menghapus libur"),
    "add_product": _("Menambah produk"),
    "edit_product": _("Mengubah produk"),
    "adjust_product": _("Mengubah harga atau stok"),
    "publish_product": _("Menjual produk"),
    "hide_product": _("Menyembunyikan produk"),
    "archive_product": _("Mengarsipkan produk"),
    "restore_product": _("Mengeluarkan produk dari arsip"),
}

FIELDS: Words = {
    **FIELD_NAMES,
    "role": _("Peran"),
    "owner": _("Pemilik"),
    "verification": _("Verifikasi"),
    "check_state": _("Pemeriksaan"),
    "consents": _("Boleh dilihat umum"),
    "businesses": _("Jumlah usaha"),
    "rows": _("Baris"),
    "form": _("Bentuk berkas"),
    "starts_on": _("Mulai"),
    "ends_on": _("Sampai"),
    "ended_at": _("Diakhiri"),
    "home_area": _("Desa"),
    "phone": _("Nomor HP"),
    "name": _("Nama"),
    "status": _("Keadaan"),
    "state": _("Keadaan"),
    "story": _("Cerita toko"),
    "whatsapp": _("WhatsApp"),
    "hours": _("Jam buka"),
    "payment_options": _("Cara bayar"),
    "delivery": _("Cara barang sampai"),
    "holiday_from_on": _("Libur mulai"),
    "holiday_until_on": _("Libur sampai"),
    "holiday_note": _("Pesan libur"),
    "description": _("Keterangan"),
    "category": _("Kategori"),
    "unit": _("Satuan"),
    "supply": _("Persediaan"),
    "lead_days": _("Lama membuat"),
    "price": _("Harga"),
    "amount": _("Isi"),
    "stock": _("Stok"),
    "photos": _("Foto"),
}

VALUES: Words = {
    **ROLE_NAMES,
    **VERIFICATION_FLOW.states,
    **PRODUCT_FLOW.states,
    **SHOP_FLOW.states,
    **dict(LEGAL_FORMS),
    **dict(SCALES),
    **dict(PublicConsent.WHAT),
}
"""One word for one constant: where two rooms use the same one, they mean the same."""
