from django.urls import URLPattern, URLResolver, path

from etoko.notices.views import inbox, whatsapp

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("kabar/", inbox.inbox, name="inbox"),
    path("kabar/dibaca/", inbox.read_all, name="read_all"),
    path("kabar/<int:notice_id>/", inbox.notice, name="notice"),
    path("kabar/<int:notice_id>/whatsapp/", inbox.whatsapp, name="whatsapp"),
    path("webhook/whatsapp/", whatsapp.whatsapp_webhook, name="whatsapp_webhook"),
]
