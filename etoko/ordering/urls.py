from django.urls import URLPattern, URLResolver

app_name = "ordering"
urlpatterns: list[URLPattern | URLResolver] = []
