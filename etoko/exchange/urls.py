from django.urls import URLPattern, URLResolver, path

from etoko.exchange.views import api, embedding, exporting, feeds, lapak, tokens

app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = [
    path("umpan/produk.json", feeds.products, name="products"),
    path("umpan/usaha.json", feeds.businesses, name="businesses"),
    path("sematan/<str:code>/", embedding.village_goods, name="village_goods"),
    path("untuk-situs-desa/", embedding.for_sites, name="for_sites"),
    path("data/api/", api.guide, name="api_guide"),
    path("api/v1/openapi.json", api.openapi, name="openapi"),
    path("api/v1/<path:rest>", api.answer, name="api"),
    path("saya/kunci-api/", tokens.tokens, name="tokens"),
    path("saya/kunci-api/<int:token_id>/cabut/", tokens.revoke, name="revoke_token"),
    path("data/", exporting.open_data, name="open_data"),
    path("data/<slug:slug>/<str:code>/metadata.json", exporting.open_metadata, name="open_metadata"),
    path("data/<slug:slug>/<str:code>.<slug:form>", exporting.open_file, name="open_file"),
    path("petugas/lapak/", lapak.lapak_list, name="lapak_list"),
    path("petugas/lapak/<slug:public_id>/", lapak.lapak, name="lapak"),
    path("petugas/lapak/<slug:public_id>/nama/", lapak.name, name="lapak_names"),
    path("petugas/lapak/<slug:public_id>/masukkan/", lapak.commit, name="lapak_commit"),
    path("petugas/lapak/<slug:public_id>/buang/", lapak.discard, name="lapak_discard"),
    path("petugas/lapak/<slug:public_id>/batalkan/", lapak.undo, name="lapak_undo"),
    path("petugas/data/", exporting.officers_data, name="officers_data"),
    path("petugas/data/<slug:slug>/<str:code>.<slug:form>", exporting.officers_file, name="officers_file"),
]
