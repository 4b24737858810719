from django.urls import URLPattern, URLResolver, path

from etoko.vouchers.views import issuing, public

app_name = "vouchers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("voucher/<slug:code>/", public.voucher, name="voucher"),
    path("jualan/<str:shop_id>/voucher/", issuing.vouchers, name="of_shop"),
    path("jualan/<str:shop_id>/voucher/baru/", issuing.new_voucher, name="new_of_shop"),
    path("jualan/<str:shop_id>/voucher/<str:voucher_id>/", issuing.issued_voucher, name="issued_of_shop"),
    path("jualan/<str:shop_id>/voucher/<str:voucher_id>/<slug:move>/", issuing.move, name="move_of_shop"),
    path("petugas/voucher/", issuing.vouchers, name="of_platform"),
    path("petugas/voucher/baru/", issuing.new_voucher, name="new_of_platform"),
    path("petugas/voucher/<str:voucher_id>/", issuing.issued_voucher, name="issued_of_platform"),
    path("petugas/voucher/<str:voucher_id>/<slug:move>/", issuing.move, name="move_of_platform"),
]
