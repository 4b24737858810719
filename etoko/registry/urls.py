from django.urls import URLPattern, URLResolver, path

from etoko.registry.urls_importing import urlpatterns as importing
from etoko.registry.views import covering, exporting, officer, owner, owner_details, public, verifying

app_name = "registry"
urlpatterns: list[URLPattern | URLResolver] = [
    path("usaha/", public.directory, name="directory"),
    path("usaha/peta/", public.business_map, name="map"),
    path("usaha/peta.geojson", public.geojson, name="geojson"),
    path("usaha/<slug:public_id>/", public.business, name="business"),
    path("petugas/", officer.officer_home, name="officer_home"),
    path("petugas/usaha/", officer.register, name="register"),
    path("petugas/usaha/unduh.csv", exporting.export, {"form": "csv"}, name="export_csv"),
    path("petugas/usaha/unduh.xlsx", exporting.export, {"form": "xlsx"}, name="export_xlsx"),
    path("petugas/usaha/sidt.csv", exporting.export_sidt, {"form": "csv"}, name="export_sidt_csv"),
    path("petugas/usaha/sidt.xlsx", exporting.export_sidt, {"form": "xlsx"}, name="export_sidt_xlsx"),
    path("petugas/usaha/baru/", officer.new_business, name="new_business"),
    path("petugas/izin/", officer.licence_list, name="licence_list"),
    path("petugas/usaha/<slug:public_id>/", officer.record, name="record"),
    path("petugas/usaha/<slug:public_id>/ubah/<slug:slug>/", officer.edit, name="edit_record"),
    path(
        "petugas/usaha/<slug:public_id>/pemilik/<int:owner_id>/",
        owner_details.of_record,
        name="owner_details",
    ),
    path("petugas/usaha/<slug:public_id>/riwayat/", officer.history, name="history"),
    path("petugas/usaha/<slug:public_id>/izin/baru/", officer.licence, name="new_licence"),
    path("petugas/usaha/<slug:public_id>/izin/<int:licence_id>/", officer.licence, name="edit_licence"),
    path(
        "petugas/usaha/<slug:public_id>/izin/<int:licence_id>/berkas/",
        officer.licence_scan,
        name="licence_scan",
    ),
    path(
        "petugas/usaha/<slug:public_id>/izin/<int:licence_id>/periksa/",
        officer.check_licence,
        name="check_licence",
    ),
    path("petugas/usaha/<slug:public_id>/tautan/", officer.invite, name="invite"),
    path("petugas/usaha/<slug:public_id>/persetujuan/", verifying.consents, name="record_consents"),
    path("petugas/verifikasi/", verifying.worklist, name="worklist"),
    path("petugas/verifikasi/<slug:public_id>/", verifying.look, name="look"),
    path("petugas/verifikasi/<slug:public_id>/sesuai/", verifying.verify, name="verify"),
    path("petugas/verifikasi/<slug:public_id>/perbaikan/", verifying.ask_correction, name="ask_correction"),
    path("petugas/verifikasi/<slug:public_id>/periksa-lagi/", verifying.reopen, name="reopen"),
    path("petugas/cakupan/", covering.coverage, name="coverage"),
    path("saya/usaha/baru/", owner.register_own, name="register_own"),
    path("saya/usaha/<slug:public_id>/", owner.my_business, name="my_business"),
    path("saya/usaha/<slug:public_id>/ubah/<slug:slug>/", owner.edit, name="edit_own"),
    path("saya/usaha/<slug:public_id>/persetujuan/", owner.consents, name="own_consents"),
    path(
        "saya/usaha/<slug:public_id>/pemilik/<int:owner_id>/",
        owner_details.of_own,
        name="own_owner_details",
    ),
    path("saya/usaha/<slug:public_id>/izin/baru/", owner.licence, name="new_own_licence"),
    path("saya/usaha/<slug:public_id>/izin/<int:licence_id>/", owner.licence, name="edit_own_licence"),
    path(
        "saya/usaha/<slug:public_id>/izin/<int:licence_id>/berkas/",
        owner.licence_scan,
        name="own_licence_scan",
    ),
    *importing,
]
