from django.urls import URLPattern, URLResolver, path

from etoko.exchange.views import embedding, feeds

app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = [
    path("umpan/produk.json", feeds.products, name="products"),
    path("umpan/usaha.json", feeds.businesses, name="businesses"),
    path("sematan/<str:code>/", embedding.village_goods, name="village_goods"),
    path("untuk-situs-desa/", embedding.for_sites, name="for_sites"),
]
