from django.urls import URLPattern, URLResolver, path, re_path

from etoko.catalog import urls_public
from etoko.catalog.photos import FILE_NAME
from etoko.catalog.views import opening, photos, qris, seller, shopkeeping, stock

app_name = "catalog"
urlpatterns: list[URLPattern | URLResolver] = [
    path("toko/buka/<str:business_id>/", opening.open_shop, name="open_shop"),
    path("toko/buka/<str:business_id>/buka-sekarang/", opening.finish, name="finish_opening"),
    path("toko/buka/<str:business_id>/<slug:step>/", opening.step, name="open_shop_step"),
    path("jualan/saran-kategori/", seller.suggest_category, name="suggest_category"),
    path("jualan/<str:shop_id>/produk/", seller.seller_products, name="seller_products"),
    path("jualan/<str:shop_id>/produk/baru/", seller.new_product, name="new_product"),
    path("jualan/<str:shop_id>/produk/<str:product_id>/", seller.edit_product, name="edit_product"),
    path("jualan/<str:shop_id>/produk/<str:product_id>/keadaan/", seller.move_product, name="move_product"),
    path(
        "jualan/<str:shop_id>/produk/<str:product_id>/harga-stok/",
        seller.adjust_product,
        name="adjust_product",
    ),
    path("jualan/<str:shop_id>/produk/<str:product_id>/stok/", stock.stock, name="stock"),
    path("jualan/<str:shop_id>/produk/<str:product_id>/stok/<slug:deed>/", stock.change, name="change_stock"),
    path("jualan/<str:shop_id>/dibuat/", stock.to_make, name="to_make"),
    path("jualan/<str:shop_id>/toko/", shopkeeping.shop_settings, name="shop_settings"),
    path("jualan/<str:shop_id>/toko/buka-tutup/", shopkeeping.move_shop, name="move_shop"),
    path("jualan/<str:shop_id>/toko/libur/hapus/", shopkeeping.end_holiday, name="end_holiday"),
    path("jualan/<str:shop_id>/toko/qris/", qris.shop_qris, name="shop_qris"),
    path("jualan/<str:shop_id>/toko/<slug:section>/", shopkeeping.settings_section, name="settings_section"),
    path("petugas/toko/<str:shop_id>/", shopkeeping.oversee_shop, name="oversee_shop"),
    re_path(rf"^media/photos/(?P<name>{FILE_NAME})$", photos.photo, name="photo"),
    *urls_public.patterns,
]
