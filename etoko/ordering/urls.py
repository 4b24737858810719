from django.urls import URLPattern, URLResolver, path

from etoko.ordering.views import buyer, cart, checkout, seller, telling, waiting

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
    path("pesanan/<str:secret>/<str:number>/<slug:move>/", buyer.move, name="move_order"),
    path("jualan/", seller.selling_home, name="selling_home"),
    path("jualan/<str:shop_id>/", seller.seller_day, name="seller_day"),
    path("jualan/<str:shop_id>/pesanan/", seller.history, name="seller_history"),
    path("jualan/<str:shop_id>/waktu/", waiting.waiting_times, name="waiting_times"),
    path("jualan/<str:shop_id>/cetak/", seller.packing_list, name="packing_list"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/", seller.seller_order, name="seller_order"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/kabari/", telling.tell_buyer, name="tell_buyer"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/urungkan/", seller.take_back, name="take_back"),
    path("jualan/<str:shop_id>/pesanan/<str:number>/<slug:move>/", seller.move, name="seller_move"),
]
