from django import forms
from django.template import engines

from etoko.foundation.fields import describe_field


class Sample(forms.Form):
    name = forms.CharField(label="Nama", max_length=20, help_text="Seperti di KTP")
    way = forms.ChoiceField(label="Cara", widget=forms.RadioSelect, choices=[("a", "Ambil"), ("b", "Antar")])
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="Setuju")
    photo = forms.FileField(label="Foto")


class Details(forms.Form):
    story = forms.CharField(widget=forms.Textarea(attrs={"placeholder": "Contoh", "rows": 9}))
    ready_on = forms.DateField(widget=forms.DateInput)
    weight = forms.IntegerField(min_value=1)


def draw(words: str, form: forms.Form) -> str:
    page = '{% import "foundation/fields.html" as f %}{{ ' + words + " }}"
    return engines["rooms"].from_string(page).render({"form": form})


def test_a_refused_field_keeps_what_was_typed_and_is_tied_to_its_mistake() -> None:
    form = Sample({"name": "x" * 30 + '"><script>', "way": "b"})
    html = draw('f.field(form["name"])', form)
    assert "<script>" not in html
    assert f"{'x' * 30}&#34;&gt;&lt;script&gt;" in html
    assert 'aria-describedby="id_name-salah id_name-bantuan"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name-salah"' in html
    assert 'id="id_name-bantuan"' in html


def test_a_good_field_carries_no_mistake() -> None:
    html = draw('f.field(form["name"])', Sample())
    assert "aria-invalid" not in html
    assert "required" in html
    assert 'maxlength="20"' in html


def test_choices_keep_the_chosen_one() -> None:
    html = draw('f.field(form["way"])', Sample({"way": "b"}))
    assert html.count("checked") == 1
    assert 'value="b" checked' in html


def test_an_optional_field_says_that_it_is_optional() -> None:
    assert "boleh kosong" in draw('f.field(form["note"])', Sample())
    assert "boleh kosong" not in draw('f.field(form["name"])', Sample())


def test_the_summary_leads_to_each_field_that_was_refused() -> None:
    html = draw("f.problems(form)", Sample({"name": "Rahma", "way": "z"}))
    assert 'href="#id_way"' in html
    assert 'href="#id_agreed"' in html
    assert 'href="#id_name"' not in html
    assert draw("f.problems(form)", Sample()).strip() == ""


def test_a_file_field_never_repeats_a_file_name_as_value() -> None:
    assert describe_field(Sample()["photo"]).value == ""
    assert describe_field(Sample()["photo"]).type == "file"


def test_a_date_that_is_none_is_shown_as_it_was_typed() -> None:
    assert describe_field(Details({"ready_on": "2026-12-01"})["ready_on"]).type == "date"
    html = draw('f.field(form["ready_on"])', Details({"ready_on": "besok"}))
    assert 'type="text"' in html
    assert 'value="besok"' in html


def test_no_attribute_stands_twice() -> None:
    for name in ("story", "ready_on", "weight"):
        html = draw(f'f.field(form["{name}"], placeholder="Tulis")', Details())
        opening = next(tag for tag in html.split("<") if tag.startswith(("input", "textarea")))
        names = [part.split("=")[0] for part in opening.rstrip(">").split(" ")[1:]]
        assert len(names) == len(set(names)), opening
