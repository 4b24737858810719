from django.urls import URLPattern, URLResolver, path

from etoko.census.views import app, door, paper, visits

app_name = "census"
urlpatterns: list[URLPattern | URLResolver] = [
    path("pendataan/", app.app, name="app"),
    path("pendataan/sw.js", app.service_worker, name="service_worker"),
    path("pendataan/manifest.webmanifest", app.manifest, name="manifest"),
    path("pendataan/kbli.json", app.codes, name="codes"),
    path("pendataan/aplikasi/<slug:version>/<str:name>", app.app_file, name="app_file"),
    path("pendataan/api/daftar/", door.take_list, name="take_list"),
    path("pendataan/api/catatan/", door.send_sheet, name="send_sheet"),
    path("pendataan/api/catatan/<slug:key>/foto/<slug:sha256>/", door.send_photo, name="send_photo"),
    path("pendataan/tanda-terima/", visits.receipts, name="receipts"),
    path("pendataan/usaha/<slug:public_id>/", visits.visits, name="visits"),
    path("pendataan/foto/<int:photo_id>/", visits.photo, name="photo"),
    path("pendataan/kertas/", paper.papers, name="papers"),
    path("pendataan/kertas/kosong.pdf", paper.blank, name="blank"),
    path("pendataan/kertas/terisi.pdf", paper.filled, name="filled"),
    path("pendataan/ketik/", paper.typing, name="typing"),
    path("pendataan/ketik/baru/", paper.new_typing, name="new_typing"),
    path("pendataan/ketik/<slug:public_id>/", paper.type_sheet, name="type"),
]
