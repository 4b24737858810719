from django.urls import URLPattern, URLResolver, path

from etoko.foundation import views_look, views_style

app_name = "foundation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("anyaman/<slug:slug>.svg", views_look.woven_picture, name="weave"),
    path("manifest.webmanifest", views_look.manifest, name="manifest"),
    path("tampilan/", views_look.look, name="look"),
    path("gaya/", views_style.style, name="style"),
]
