from django.urls import URLPattern, URLResolver, path

from etoko.reviews.views import buyer, officer, public, seller

app_name = "reviews"
urlpatterns: list[URLPattern | URLResolver] = [
    path("pesanan/<str:secret>/<str:number>/ulasan/", buyer.of_order, name="of_order"),
    path("pesanan/<str:secret>/<str:number>/ulasan/<slug:subject>/", buyer.review, name="review"),
    path("produk/<slug:public_id>/<slug:slug>/ulasan/", public.of_product, name="of_product"),
    path("toko/<slug:slug>/ulasan/", public.of_shop, name="of_shop"),
    path("ulasan/<str:review_id>/lapor/", public.report, name="report"),
    path("jualan/<str:shop_id>/ulasan/", seller.reviews, name="of_seller"),
    path("jualan/<str:shop_id>/ulasan/<str:review_id>/balas/", seller.reply, name="reply"),
    path("petugas/ulasan/", officer.desk, name="desk"),
    path("petugas/ulasan/<str:review_id>/", officer.moderate, name="moderate"),
]
