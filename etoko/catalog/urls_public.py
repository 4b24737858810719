from django.urls import URLPattern, path

from etoko.catalog.views import public, searching

patterns: list[URLPattern] = [
    path("cari/", searching.search, name="search"),
    path("cari/saran/", searching.suggest, name="suggest"),
    path("kategori/<slug:slug>/", searching.category, name="category"),
    path("toko/<slug:slug>/", public.shop, name="shop"),
    path("produk/<slug:public_id>/", public.product, name="short_product"),
    path("produk/<slug:public_id>/<slug:slug>/", public.product, name="product"),
]
