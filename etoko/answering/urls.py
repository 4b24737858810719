from django.urls import URLPattern, URLResolver, path

from etoko.answering.views import answer, renew, take_back

app_name = "answering"
urlpatterns: list[URLPattern | URLResolver] = [
    path("jawab/<str:token>/", answer, name="answer"),
    path("jawab/<str:token>/urungkan/", take_back, name="take_back"),
    path("jawab/<str:token>/tautan-baru/", renew, name="renew"),
]
