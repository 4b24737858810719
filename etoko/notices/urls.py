from django.urls import URLPattern, URLResolver, path

from etoko.notices.views import inbox

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("kabar/", inbox.inbox, name="inbox"),
    path("kabar/dibaca/", inbox.read_all, name="read_all"),
    path("kabar/<int:notice_id>/", inbox.notice, name="notice"),
    path("kabar/<int:notice_id>/whatsapp/", inbox.whatsapp, name="whatsapp"),
]
