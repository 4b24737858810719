from django.urls import URLPattern, URLResolver, path

from etoko.portal.views import me

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("saya/", me.me, name="me"),
]
