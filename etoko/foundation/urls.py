from django.urls import URLPattern, URLResolver

app_name = "foundation"
urlpatterns: list[URLPattern | URLResolver] = []
