"""What is typed, cleaned. Nothing is decided here but whether it can be read."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from etoko.catalog.forms import text_field
from etoko.discussion.models import Thread
from etoko.discussion.operations.writing import LONGEST_TEXT, LONGEST_TITLE
from etoko.discussion.queries.reading import places
from etoko.discussion.topics import TOPIC_CHOICES
from etoko.needs.forms import NeedForm


class ReplyForm(forms.Form):
    text = text_field(_("Balasan Anda"), LONGEST_TEXT, missing=_("Tulis dulu isinya."), widget=forms.Textarea)


class ThreadForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Mau apa?"),
        choices=Thread.KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih: bertanya atau mengobrol.")},
    )
    title = text_field(_("Judul"), LONGEST_TITLE, missing=_("Tulis judulnya dulu, satu kalimat."))
    text = text_field(_("Ceritakan"), LONGEST_TEXT, missing=_("Tulis dulu isinya."), widget=forms.Textarea)
    topic = forms.ChoiceField(
        label=_("Topik"), choices=TOPIC_CHOICES, error_messages={"required": _("Pilih topiknya.")}
    )
    area = forms.ChoiceField(label=_("Untuk desa"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(settings.HOME_AREA, _("Semua desa")), *places()]  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", _("Pilih topik")), *TOPIC_CHOICES]  # type: ignore[attr-defined]


class NeedOfPostForm(NeedForm):
    """A need as it is noted elsewhere, with whose it is."""

    thing = forms.ChoiceField(
        label=_("Untuk siapa?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih untuk siapa.")},
    )
    field_order = ("thing", "kind", "text", "severity")

    def __init__(self, *args: Any, things: list[tuple[str, str]], text: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"thing": things[0][0], "text": text}, **kwargs})
        self.fields["thing"].choices = things  # type: ignore[attr-defined]
