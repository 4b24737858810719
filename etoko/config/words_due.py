"""What the deeds of `due.py` are called on the page of the server. A test finds one without words."""

from django.utils.translation import gettext_lazy as _

from etoko.audit.words import Words

DUE_WORK: Words = {
    "expire_orders": _("Membatalkan pesanan yang tidak dijawab"),
    "cancel_unpaid_orders": _("Membatalkan pesanan yang tidak dibayar"),
    "complete_orders": _("Menyelesaikan pesanan yang sudah sampai"),
    "remind_of_deadlines": _("Mengingatkan batas waktu"),
    "expire_proposals": _("Menutup usul perubahan yang tidak dijawab"),
    "escalate_complaints": _("Meneruskan keluhan yang belum selesai"),
    "remind_to_settle": _("Mengingatkan titipan yang belum dihitung"),
    "remind_of_expiry": _("Mengingatkan izin yang hampir habis"),
    "remind_of_instalments": _("Mengingatkan jatuh tempo pembayaran"),
    "forget_guest_carts": _("Membersihkan keranjang lama"),
    "forget_amount_claims": _("Melepas jumlah unik yang lewat waktu"),
    "list_shops_by_the_day": _("Menampilkan toko sesuai hari liburnya"),
    "end_past_vouchers": _("Mengakhiri voucher yang lewat waktu"),
    "forget_old_keys": _("Membersihkan kunci formulir lama"),
    "forget_old_sign_ins": _("Membersihkan kode masuk lama"),
    "forget_old_pictures": _("Menghapus gambar bukti yang lewat setahun"),
    "forget_old_notices": _("Menghapus kabar lama"),
    "forget_visit_photos": _("Menghapus foto kunjungan lama"),
    "forget_import_rows": _("Menghapus isi berkas impor lama"),
    "forget_old_accesses": _("Membersihkan catatan pembacaan lama"),
    "remind_of_breaches": _("Mengingatkan kebocoran data"),
    "remind_of_promises": _("Mengingatkan janji mitra"),
    "sweep_photos": _("Merapikan foto"),
    "note_readiness": _("Mencatat tahap digital usaha"),
    "reconcile_stock": _("Mencocokkan stok dan uang"),
    "tell_missed_visits": _("Mengabarkan pembinaan yang terlewat"),
    "tell_unanswered": _("Mengabarkan pertanyaan yang belum dijawab"),
    "remind_of_yearly_meetings": _("Mengingatkan RAT koperasi"),
    "reap_tasks": _("Mengulang pekerjaan yang terputus"),
    "forget_old_tasks": _("Membersihkan pekerjaan lama"),
    "send_deliveries": _("Mengirim kabar"),
    "ask_open_charges": _("Menanyakan tagihan daring yang belum selesai"),
}
