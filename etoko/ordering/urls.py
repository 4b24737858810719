from django.urls import URLPattern, URLResolver, path

from etoko.ordering.views import (
    buyer,
    buyer_after,
    cart,
    checkout,
    officer,
    papers,
    seller,
    seller_after,
    telling,
    waiting,
)

app_name = "ordering"
urlpatterns: list[URLPattern | URLResolver] = [
    path("keranjang/", cart.cart, name="cart"),
    path("keranjang/status/", cart.status, name="cart_status"),
    path("keranjang/sesuaikan/", cart.adjust, name="adjust_cart"),
    path("keranjang/tambah/<int:variant_id>/", cart.add, name="add_to_cart"),
    path("keranjang/ubah/<int:variant_id>/", cart.change, name="change_line"),
    path("pesan/", checkout.checkout, name="checkout"),
    path("pesanan/", buyer.my_orders, name="my_orders"),
    path("pesanan/<str:secret>/", buyer.order_group, name="order_group"),
    path("pesanan/<str:secret>/<str:number>/lapor-bayar/", buyer.paid, name="report_payment"),
    path("pesanan/<str:secret>/<str:number>/kabari/", telling.tell_seller, name="tell_seller"),
    path("pesanan/<str:secret>/<str:number>/nota.pdf", papers.nota_of_buyer, name="nota_of_buyer"),
    path("pesanan/<str:secret>/<str:number>/ubah/", buyer_after.change, name="change_order"),
    path("pesanan/<str:secret>/<str:number>/gabung/", buyer_after.merge, name="merge_orders"),
    path(
        "pesanan/<str:secret>/<str:number>/usulan/<int:proposal_pk>/",
        buyer_after.answer_offer,
        name="answer_proposal",
    ),
    path("pesanan/<str:secret>/<str:number>/keluhan/", buyer_after.complaint, name="complaint"),
    path(
        "pesanan/<str:secret>/<str:number>/keluhan/foto/<slug:key>/",
        buyer_after.complaint_photo,
        name="complaint_photo",
    ),
    path(
        "pesanan/<str:secret>/<str:number>/keluhan/<slug:move>/",
        buyer_after.move_complaint,
        name="move_complaint",
    ),
    path("pesanan/<str:secret>/<str:number>/kembalikan/", buyer_after.give_back, name="give_back"),
    path(
        "pesanan/<str:secret>/<str:number>/kembalikan/batal/",
        buyer_after.withdraw_return,
        name="withdraw_return",
    ),
    path("pesanan/<str:secret>/<str:number>/<slug:move>/", buyer.move, name="move_order"),
    path("jualan/", seller.selling_home, name="selling_home"),
    path("jualan/<str:shop_id>/", seller.seller_day, name="seller_day"),
    path("jualan/<str:shop_id>/pesanan/", seller.history, name="seller_history"),
    path("jualan/<str:shop_id>/waktu/", waiting.waiting_times, name="waiting_times"),
    path("jualan/<str:shop_id>/cetak/", seller.packing_list, name="packing_list"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/", seller.seller_order, name="seller_order"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/kabari/", telling.tell_buyer, name="tell_buyer"),
    path("jualan/<str:shop_id>/cetak/label.pdf", papers.label_sheet, name="label_sheet"),
    path("jualan/<str:shop_id>/cetak/daftar.pdf", papers.packing, name="packing_pdf"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/nota.pdf", papers.nota, name="nota"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/label.pdf", papers.label, name="label"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/ubah/", seller_after.change, name="seller_change"),
    path(
        "jualan/<str:shop_id>/pesanan/<str:number>/usulan/<int:proposal_pk>/tarik/",
        seller_after.withdraw_offer,
        name="withdraw_proposal",
    ),
    path(
        "jualan/<str:shop_id>/pesanan/<str:number>/keluhan/", seller_after.complaint, name="seller_complaint"
    ),
    path(
        "jualan/<str:shop_id>/pesanan/<str:number>/keluhan/foto/<slug:key>/",
        seller_after.complaint_photo,
        name="seller_complaint_photo",
    ),
    path(
        "jualan/<str:shop_id>/pesanan/<str:number>/kembali/",
        seller_after.goods_back,
        name="seller_goods_back",
    ),
    path("jualan/<str:shop_id>/pesanan/<str:number>/urungkan/", seller.take_back, name="take_back"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/<slug:move>/", seller.move, name="seller_move"),
    path("petugas/keluhan/<str:number>/", officer.complaint, name="officer_complaint"),
    path(
        "petugas/keluhan/<str:number>/foto/<slug:key>/",
        officer.complaint_photo,
        name="officer_complaint_photo",
    ),
    path("petugas/hari-libur/", officer.holidays, name="holidays"),
]
