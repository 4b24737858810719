"""`/mitra/`, `/petugas/mitra/`, `/bertindak-sebagai/`, `/saya/kepentingan/`."""

from django.urls import path

from etoko.partners.views import acting, interests, keeping, mandates, public

app_name = "partners"
_ONE = "mitra/<slug:organisation_id>/"

urlpatterns = [
    path("mitra/", public.directory, name="directory"),
    path(_ONE, public.organisation, name="organisation"),
    path(f"{_ONE}kelola/", keeping.keep, name="keep"),
    path(f"{_ONE}kelola/ubah/", keeping.change, name="change"),
    path(f"{_ONE}kelola/mandat/", mandates.give, name="give_mandate"),
    path("mandat/<int:mandate_id>/akhiri/", mandates.end, name="end_mandate"),
    path("petugas/mitra/", keeping.worklist, name="worklist"),
    path("petugas/mitra/baru/", keeping.register, name="register"),
    path("petugas/mitra/dari-register/", keeping.from_register, name="from_register"),
    path("bertindak-sebagai/", acting.act_as, name="act_as"),
    path("saya/kepentingan/", interests.mine, name="interests"),
    path("saya/kepentingan/baru/", interests.declare, name="declare"),
    path("saya/kepentingan/<int:interest_id>/akhiri/", interests.end, name="end_interest"),
]
