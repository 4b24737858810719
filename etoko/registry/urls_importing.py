from django.urls import URLPattern, URLResolver, path

from etoko.registry.views import importing

urlpatterns: list[URLPattern | URLResolver] = [
    path("petugas/impor/", importing.import_list, name="import_list"),
    path("petugas/impor/mirip/", importing.suspicions, name="import_suspicions"),
    path("petugas/impor/mirip/cari/", importing.find_suspicions, name="import_find"),
    path("petugas/impor/mirip/<int:suspicion_id>/", importing.decide_suspicion, name="import_decide"),
    path("petugas/impor/<slug:public_id>/", importing.import_batch, name="import_batch"),
    path("petugas/impor/<slug:public_id>/kolom/", importing.import_columns, name="import_columns"),
    path("petugas/impor/<slug:public_id>/masukkan/", importing.commit_import, name="import_commit"),
    path("petugas/impor/<slug:public_id>/batalkan/", importing.undo_import, name="import_undo"),
    path("petugas/impor/<slug:public_id>/hapus/", importing.discard_import, name="import_discard"),
    path("petugas/impor/<slug:public_id>/laporan.xlsx", importing.import_report, name="import_report"),
]
