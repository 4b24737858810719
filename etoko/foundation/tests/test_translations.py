from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext, ngettext

from etoko.foundation import translations


def test_names_texts_without_english_and_texts_that_are_gone(tmp_path: Path) -> None:
    text = translations.CATALOG.read_text()
    assert 'msgid "Arsipkan"\n' in text
    catalog = tmp_path / "django.po"
    without = text.replace('msgid "Arsipkan"\n', 'msgid "Kata yang tidak dipakai"\n')
    catalog.write_text(without)
    found = translations.problems(catalog)
    assert "not in the catalogue: 'Arsipkan'" in found
    assert "no longer in use: 'Kata yang tidak dipakai'" in found


def test_finds_blanks_that_the_english_lost(tmp_path: Path) -> None:
    catalog = tmp_path / "django.po"
    source = "Harga harus antara %(least)s dan %(most)s."
    catalog.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        f'msgid "{source}"\nmsgstr "The price must be at least %(least)s."\n'
    )
    assert [line for line in translations.problems(catalog) if "other blanks" in line] == [
        f"other blanks than the source: {source!r} / 'The price must be at least %(least)s.'"
    ]


def test_compiles_once_and_again_when_the_source_changed(tmp_path: Path) -> None:
    translations.compile_into(tmp_path)
    compiled = tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    first = compiled.stat().st_mtime_ns
    translations.compile_into(tmp_path)
    assert compiled.stat().st_mtime_ns == first


def test_whoever_chose_english_reads_english() -> None:
    with translation.override("en"):
        assert gettext("Simpan") == "Save"
        assert ngettext("%(num)s usaha", "%(num)s usaha", 1) == "%(num)s business"
        assert ngettext("%(num)s usaha", "%(num)s usaha", 2) == "%(num)s businesses"
