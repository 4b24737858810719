"""What is told when an order changes, goods go back, or something is wrong: a title and a sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TO_BUYER: dict[str, tuple[Promise, Promise]] = {
    "reduce": (
        _("Sebagian pesanan %(number)s tidak ada"),
        _(
            "maaf, %(shop)s tidak punya semua barang di pesanan Anda %(number)s. Jumlahnya sekarang "
            "%(total)s. Yang berubah:"
        ),
    ),
    "weigh": (
        _("Pesanan %(number)s sudah ditimbang"),
        _("barang di pesanan Anda %(number)s sudah ditimbang. Jumlahnya sekarang %(total)s."),
    ),
    "propose": (
        _("%(shop)s mengusulkan perubahan di pesanan %(number)s"),
        _(
            "%(shop)s mengusulkan perubahan di pesanan Anda %(number)s. Tidak ada yang berubah sebelum Anda "
            "setuju. Buka tautannya, lalu jawab dalam 24 jam."
        ),
    ),
    "withdraw_proposal": (
        _("Usulan di pesanan %(number)s ditarik kembali"),
        _("%(shop)s menarik kembali usulannya. Pesanan Anda %(number)s tetap seperti semula."),
    ),
    "agree_return": (
        _("Pengembalian barang %(number)s disetujui"),
        _("%(shop)s setuju Anda mengembalikan barang dari pesanan %(number)s."),
    ),
    "refuse_return": (
        _("Pengembalian barang %(number)s tidak disetujui"),
        _(
            "%(shop)s tidak setuju dengan pengembalian barang dari pesanan %(number)s. Anda masih bisa "
            "menulis keluhan di halaman pesanan."
        ),
    ),
    "receive_return": (
        _("Barang dari pesanan %(number)s sudah kembali"),
        _("%(shop)s sudah menerima kembali barang dari pesanan %(number)s. Jumlahnya sekarang %(total)s."),
    ),
    "answer_complaint": (
        _("Keluhan Anda tentang pesanan %(number)s dijawab"),
        _("%(shop)s menjawab keluhan Anda tentang pesanan %(number)s:"),
    ),
    "escalate_complaint": (
        _("Keluhan pesanan %(number)s diteruskan ke petugas"),
        _("keluhan Anda tentang pesanan %(number)s di %(shop)s diteruskan ke petugas kecamatan."),
    ),
}

TO_SELLER: dict[str, tuple[Promise, Promise]] = {
    "new_link": (
        _("Tautan baru untuk pesanan %(number)s"),
        _("ini tautan baru untuk pesanan %(number)s dari %(buyer)s, %(total)s. Sekarang: %(state)s."),
    ),
    "change": (
        _("Pesanan %(number)s diubah pembeli"),
        _("%(buyer)s mengubah pesanan %(number)s. Jumlahnya sekarang %(total)s:"),
    ),
    "merge_in": (
        _("Dua pesanan %(buyer)s digabung menjadi %(number)s"),
        _("%(buyer)s menggabungkan dua pesanannya menjadi %(number)s, %(total)s:"),
    ),
    "agree_proposal": (
        _("Pembeli setuju dengan usulan Anda di %(number)s"),
        _("%(buyer)s setuju dengan usulan Anda di pesanan %(number)s. Jumlahnya sekarang %(total)s."),
    ),
    "refuse_proposal": (
        _("Pembeli tidak setuju dengan usulan Anda di %(number)s"),
        _("%(buyer)s tidak setuju dengan usulan Anda. Pesanan %(number)s tetap seperti semula."),
    ),
    "expire_proposal": (
        _("Usulan Anda di %(number)s tidak dijawab"),
        _("%(buyer)s tidak menjawab usulan Anda. Pesanan %(number)s tetap seperti semula."),
    ),
    "ask_return": (
        _("Pembeli ingin mengembalikan barang dari %(number)s"),
        _("%(buyer)s ingin mengembalikan barang dari pesanan %(number)s:"),
    ),
    "withdraw_return": (
        _("Pembeli tidak jadi mengembalikan barang dari %(number)s"),
        _("%(buyer)s tidak jadi mengembalikan barang dari pesanan %(number)s."),
    ),
    "complain": (
        _("Ada keluhan tentang pesanan %(number)s"),
        _("%(buyer)s menulis keluhan tentang pesanan %(number)s. Jawab secepatnya, ya:"),
    ),
    "reply_complaint": (
        _("Pembeli membalas tentang pesanan %(number)s"),
        _("%(buyer)s membalas di keluhan pesanan %(number)s:"),
    ),
    "settle_complaint": (
        _("Keluhan pesanan %(number)s sudah beres"),
        _("%(buyer)s menyatakan keluhannya tentang pesanan %(number)s sudah beres. Terima kasih."),
    ),
    "escalate_complaint": (
        _("Keluhan pesanan %(number)s diteruskan ke petugas"),
        _(
            "keluhan %(buyer)s tentang pesanan %(number)s belum selesai, jadi diteruskan ke petugas "
            "kecamatan. Mereka akan menghubungi Anda."
        ),
    ),
}

EVENTS: dict[str, Promise] = {
    "reduce": _("Sebagian barang tidak ada"),
    "weigh": _("Ditimbang"),
    "change": _("Diubah pembeli"),
    "merge": _("Digabung ke pesanan lain"),
    "merge_in": _("Pesanan lain digabung ke sini"),
    "propose": _("Penjual mengusulkan perubahan"),
    "agree_proposal": _("Pembeli setuju"),
    "refuse_proposal": _("Pembeli tidak setuju"),
    "withdraw_proposal": _("Usulan ditarik kembali"),
    "expire_proposal": _("Usulan tidak dijawab"),
    "complain": _("Pembeli menulis keluhan"),
    "answer_complaint": _("Keluhan dijawab penjual"),
    "reply_complaint": _("Pembeli membalas"),
    "settle_complaint": _("Keluhan sudah beres"),
    "escalate_complaint": _("Keluhan diteruskan ke petugas"),
    "ask_return": _("Pembeli ingin mengembalikan barang"),
    "agree_return": _("Pengembalian disetujui"),
    "refuse_return": _("Pengembalian tidak disetujui"),
    "withdraw_return": _("Pembeli tidak jadi mengembalikan"),
    "receive_return": _("Barang kembali ke penjual"),
}
