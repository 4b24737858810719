from django.urls import URLPattern, URLResolver, path

from etoko.consignment.views import seller

app_name = "consignment"
urlpatterns: list[URLPattern | URLResolver] = [
    path("jualan/<str:shop_id>/titip/", seller.consignments, name="consignments"),
    path("jualan/<str:shop_id>/titip/baru/", seller.new_consignment, name="new_consignment"),
    path("jualan/<str:shop_id>/titip/<str:number>/", seller.consignment, name="consignment"),
    path("jualan/<str:shop_id>/titip/<str:number>/nota.pdf", seller.note, name="note"),
    path("jualan/<str:shop_id>/titip/<str:number>/hitung/", seller.settle, name="settle"),
    path("jualan/<str:shop_id>/titip/<str:number>/undur/", seller.put_off, name="put_off"),
    path("jualan/<str:shop_id>/titip/<str:number>/bayar/", seller.pay, name="pay"),
    path("jualan/<str:shop_id>/titip/<str:number>/ralat/", seller.correct, name="correct"),
]
