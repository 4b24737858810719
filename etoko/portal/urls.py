from django.urls import URLPattern, URLResolver, path

from etoko.portal.views import me, public

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("bantuan/", public.help_page, name="help"),
    path("tentang/", public.about, name="about"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", public.sitemap_part, name="sitemap_part"),
    path("saya/", me.me, name="me"),
]
