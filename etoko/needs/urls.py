"""`/kebutuhan/`, `/petugas/kebutuhan/`, `/saya/kebutuhan/`."""

from django.urls import path

from etoko.needs.views import needs, officer, own

app_name = "needs"
_ONE = "kebutuhan/<slug:need_id>/"

urlpatterns = [
    path("saya/kebutuhan/", own.mine, name="mine"),
    path("kebutuhan/usaha/<slug:public_id>/", own.subject, {"what": "usaha"}, name="business"),
    path("kebutuhan/kelompok/<slug:public_id>/", own.subject, {"what": "kelompok"}, name="group"),
    path("kebutuhan/usaha/<slug:public_id>/baru/", own.new_need, {"what": "usaha"}, name="new_of_business"),
    path(
        "kebutuhan/kelompok/<slug:public_id>/baru/", own.new_need, {"what": "kelompok"}, name="new_of_group"
    ),
    path(_ONE, needs.need, name="need"),
    path(f"{_ONE}foto/", needs.photo, name="photo"),
    path(f"{_ONE}cek/", needs.verify, name="verify"),
    path(f"{_ONE}langkah/<slug:move>/", needs.move, name="move"),
    path("petugas/kebutuhan/", officer.worklist, name="worklist"),
    path("petugas/kebutuhan/desa/", officer.villages, name="villages"),
    path("petugas/kebutuhan/tahap/", officer.steps, name="steps"),
    path("petugas/kebutuhan/tahap/usaha/", officer.climbers, name="climbers"),
]
