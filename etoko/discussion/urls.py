"""`/diskusi/`, `/balas/`, `/saya/diskusi/`, `/petugas/diskusi/`."""

from django.urls import URLPattern, path

from etoko.discussion.views import by_link, following_up, moderating, public, writing

app_name = "discussion"
_POST = "diskusi/kiriman/<str:post_id>/"
urlpatterns: list[URLPattern] = [
    path("diskusi/", public.discussion, name="discussion"),
    path("diskusi/baru/", writing.new_thread, name="new_thread"),
    path(_POST, writing.post, name="post"),
    path(f"{_POST}pilih/", writing.choose, name="choose"),
    path(f"{_POST}tarik/", writing.withdraw, name="withdraw"),
    path(f"{_POST}lapor/", moderating.report, name="report"),
    path(f"{_POST}keberatan/", moderating.appeal, name="appeal"),
    path(f"{_POST}periksa/", moderating.moderate, name="moderate"),
    path(f"{_POST}kebutuhan/", following_up.need, name="need"),
    path("saya/diskusi/", writing.mine, name="mine"),
    path("petugas/diskusi/", moderating.desk, name="desk"),
    path("diskusi/<str:thread_id>/balas/", writing.reply, name="reply"),
    path("diskusi/<str:thread_id>/ikuti/", writing.follow, name="follow"),
    path("diskusi/<str:thread_id>/<slug:slug>/", public.thread, name="thread"),
    path("balas/<str:token>/", by_link.reply_by_link, name="reply_by_link"),
]
