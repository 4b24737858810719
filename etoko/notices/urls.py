from django.urls import URLPattern, URLResolver, path

from etoko.notices.views import choices, inbox, passing, whatsapp

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("kabar/", inbox.inbox, name="inbox"),
    path("kabar/dibaca/", inbox.read_all, name="read_all"),
    path("kabar/<int:notice_id>/", inbox.notice, name="notice"),
    path("kabar/<int:notice_id>/whatsapp/", inbox.whatsapp, name="whatsapp"),
    path("petugas/kabar/", passing.untold, name="untold"),
    path("petugas/kabar/<int:notice_id>/whatsapp/", passing.pass_on, name="pass_on"),
    path("petugas/kabar/<int:notice_id>/", passing.mark_told, name="mark_told"),
    path("saya/kabar/", choices.choices, name="choices"),
    path("saya/kabar/perangkat/", choices.add_device, name="add_device"),
    path("saya/kabar/perangkat/<int:device_id>/hapus/", choices.remove_device, name="remove_device"),
    path("saya/kabar/surel/", choices.mail, name="mail"),
    path("saya/kabar/surel/<str:token>/", choices.prove_mail, name="prove_mail"),
    path("sw.js", choices.service_worker, name="service_worker"),
    path("webhook/whatsapp/", whatsapp.whatsapp_webhook, name="whatsapp_webhook"),
]
