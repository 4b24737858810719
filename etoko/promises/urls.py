"""`/janji/`."""

from django.urls import path

from etoko.promises.views import board, moving, promising

app_name = "promises"
_ONE = "janji/<slug:promise_id>/"

urlpatterns = [
    path("janji/", board.board, name="board"),
    path("janji/baru/", promising.new_promise, name="new"),
    path("janji/mitra/<slug:organisation_id>/", board.of_partner, name="of_partner"),
    path(_ONE, moving.promise, name="promise"),
    path(f"{_ONE}lapor/", moving.report, name="report"),
    path(f"{_ONE}langkah/<slug:move>/", moving.move, name="move"),
    path(f"{_ONE}keberatan/", moving.object_to, name="object"),
    path(f"{_ONE}keberatan/<slug:move>/", moving.answer_objection, name="answer_objection"),
    path(f"{_ONE}bukti/<int:step_id>/", moving.evidence, name="evidence"),
]
