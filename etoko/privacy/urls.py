from django.urls import URLPattern, URLResolver, path

from etoko.privacy.views import breaches, own

app_name = "privacy"
urlpatterns: list[URLPattern | URLResolver] = [
    path("saya/data/", own.held, name="held"),
    path("saya/data/unduh/", own.download, name="download"),
    path("saya/data/tarik/", own.withdraw, name="withdraw"),
    path("saya/data/tutup/", own.close, name="close"),
    path("petugas/insiden/", breaches.desk, name="breaches"),
    path("petugas/insiden/baru/", breaches.new, name="new_breach"),
    path("petugas/insiden/<slug:public_id>/", breaches.breach, name="breach"),
    path("petugas/insiden/<slug:public_id>/surat.pdf", breaches.letter, name="letter"),
    path("petugas/insiden/<slug:public_id>/<slug:move>/", breaches.move, name="move_breach"),
]
