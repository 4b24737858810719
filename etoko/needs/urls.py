"""`/kebutuhan/`, `/petugas/kebutuhan/`, `/saya/kebutuhan/`."""

from django.urls import URLPattern, path

from etoko.needs.access import WHAT
from etoko.needs.models import FIELDS
from etoko.needs.views import assessing, needs, officer, own

app_name = "needs"
_ONE = "kebutuhan/<slug:need_id>/"


def _about(what: str, name: str) -> list[URLPattern]:
    one, kwargs = f"kebutuhan/{what}/<slug:public_id>/", {"what": what}
    return [
        path(one, own.subject, kwargs, name=name),
        path(f"{one}baru/", own.new_need, kwargs, name=f"new_of_{name}"),
        path(f"{one}penilaian/", assessing.assess, kwargs, name=f"assess_{name}"),
    ]


urlpatterns = [
    path("saya/kebutuhan/", own.mine, name="mine"),
    *(each for what, model in WHAT.items() for each in _about(what, FIELDS[model])),
    path(_ONE, needs.need, name="need"),
    path(f"{_ONE}foto/", needs.photo, name="photo"),
    path(f"{_ONE}cek/", needs.verify, name="verify"),
    path(f"{_ONE}langkah/<slug:move>/", needs.move, name="move"),
    path("petugas/kebutuhan/", officer.worklist, name="worklist"),
    path("petugas/kebutuhan/desa/", officer.villages, name="villages"),
    path("petugas/kebutuhan/tahap/", officer.steps, name="steps"),
    path("petugas/kebutuhan/tahap/usaha/", officer.climbers, name="climbers"),
]
