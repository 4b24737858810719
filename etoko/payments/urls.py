from django.urls import URLPattern, URLResolver, path

from etoko.payments.views import buyer, money, order, paying, proofs, statement, terms

app_name = "payments"
_BUYER = "pesanan/<str:secret>/<str:number>/"
_ORDER = "jualan/<str:shop_id>/pesanan/<str:number>/bayar/"
_LINK = "pesanan/<str:secret>/<str:number>/bayar/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_LINK, paying.pay, name="pay"),
    path(f"{_LINK}qris.png", paying.qris_picture, name="qris_picture"),
    path("pesanan/<str:secret>/<str:number>/bukti/", proofs.send_by_buyer, name="send_proof"),
    path(
        "pesanan/<str:secret>/<str:number>/bukti/<str:proof_id>.jpg",
        proofs.picture_for_buyer,
        name="proof_for_buyer",
    ),
    path("jualan/<str:shop_id>/bukti/", proofs.desk, name="proofs"),
    path("jualan/<str:shop_id>/bukti/<str:proof_id>.jpg", proofs.picture_for_seller, name="proof"),
    path("jualan/<str:shop_id>/bukti/<str:proof_id>/masuk/", proofs.accept, name="accept_proof"),
    path("jualan/<str:shop_id>/bukti/<str:proof_id>/belum-masuk/", proofs.refuse, name="refuse_proof"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/bukti/", proofs.order_proofs, name="order_proofs"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/tunjukkan/", paying.show, name="show"),
    path(_ORDER, order.order, name="order"),
    path(f"{_ORDER}catat/", order.record, name="record"),
    path(f"{_ORDER}belum-masuk/", order.refuse, name="refuse_report"),
    path(f"{_ORDER}<int:pk>/batalkan/", order.reverse_entry, name="reverse"),
    path(f"{_ORDER}kembalikan/", terms.refund, name="pay_back"),
    path(f"{_ORDER}kesepakatan/", terms.terms, name="terms"),
    path(f"{_ORDER}<int:pk>/kwitansi/", terms.make_receipt, name="make_receipt"),
    path(f"{_ORDER}<int:pk>/kwitansi.pdf", terms.receipt, name="receipt"),
    path(f"{_ORDER}<int:pk>/bukti.jpg", terms.picture, name="refund_picture"),
    path(f"{_BUYER}uang/", buyer.money, name="buyer_money"),
    path(f"{_BUYER}uang/<int:pk>/jawab/", buyer.answer, name="answer_refund"),
    path(f"{_BUYER}uang/<int:pk>/kwitansi.pdf", buyer.receipt, name="buyer_receipt"),
    path(f"{_BUYER}uang/<int:pk>/bukti.jpg", buyer.picture, name="buyer_refund_picture"),
    path("jualan/<str:shop_id>/uang/", money.money, name="money"),
    path("jualan/<str:shop_id>/uang/laporan/", money.report, name="report"),
    path("jualan/<str:shop_id>/uang/laporan.xlsx", money.sheet, {"kind": "xlsx"}, name="report_xlsx"),
    path("jualan/<str:shop_id>/uang/laporan.csv", money.sheet, {"kind": "csv"}, name="report_csv"),
    path("jualan/<str:shop_id>/mutasi/", statement.statements, name="statements"),
    path("jualan/<str:shop_id>/mutasi/catat/", statement.book, name="book_lines"),
    path("jualan/<str:shop_id>/mutasi/<int:pk>/urungkan/", statement.release, name="release_line"),
    path(
        "jualan/<str:shop_id>/mutasi/<str:statement_id>/kolom/", statement.columns, name="statement_columns"
    ),
]
