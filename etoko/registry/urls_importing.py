from django.urls import URLPattern, URLResolver, path

from etoko.registry.views import importing

urlpatterns: list[URLPattern | URLResolver] = [
    path("petugas/impor/", importing.import_list, name="import_list"),
    path("petugas/impor/mirip/", importing.suspicions, name="suspicions"),
    path("petugas/impor/mirip/<int:suspicion_id>/", importing.decide_suspicion, name="decide_suspicion"),
    path("petugas/impor/<slug:public_id>/", importing.import_batch, name="import_batch"),
    path("petugas/impor/<slug:public_id>/kolom/", importing.import_columns, name="import_columns"),
    path("petugas/impor/<slug:public_id>/masukkan/", importing.commit_import, name="commit_import"),
    path("petugas/impor/<slug:public_id>/batalkan/", importing.undo_import, name="undo_import"),
    path("petugas/impor/<slug:public_id>/hapus/", importing.discard_import, name="discard_import"),
    path("petugas/impor/<slug:public_id>/laporan.xlsx", importing.import_report, name="import_report"),
]
