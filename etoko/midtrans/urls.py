from django.urls import path

from etoko.midtrans.views import buyer, seller, service

app_name = "midtrans"

urlpatterns = [
    path("jualan/<str:shop_id>/bayar-online/", seller.account, name="account"),
    path("jualan/<str:shop_id>/bayar-online/lepas/", seller.close, name="close_account"),
    path("pesanan/<str:secret>/<str:number>/online/", buyer.charge, name="charge"),
    path("webhook/midtrans/", service.notification, name="notification"),
]
