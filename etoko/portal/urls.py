from django.urls import URLPattern, URLResolver, path

from etoko.portal.views import health, me, public

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("bantuan/", public.help_page, name="help"),
    path("tentang/", public.about, name="about"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", public.sitemap_part, name="sitemap_part"),
    path("saya/", me.me, name="me"),
    path("sehat/", health.health, name="health"),
    path("petugas/server/", health.server, name="server"),
    path("petugas/server/kabar/<int:delivery_id>/", health.retry_delivery, name="retry_delivery"),
    path("petugas/server/pekerjaan/<uuid:task_id>/", health.retry_task, name="retry_task"),
]
