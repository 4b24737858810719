import pytest
from django.core.management import CommandError, call_command

from etoko.places import source
from etoko.places.models import Area, AreaAlias
from etoko.places.operations.loading import UnableToLoadAreas, load_areas, load_areas_around


def test_banten_is_loaded_with_all_provinces_and_regencies(db: None) -> None:
    load_areas(inside=["36"])
    assert Area.objects.filter(level=1).count() == 38
    assert Area.objects.filter(level=2).count() == 514
    assert Area.objects.filter(code__startswith="36.03.04.").count() == 10
    assert Area.objects.filter(level=3, code__startswith="33.").count() == 0
    tangerang = Area.objects.get(code="36.03")
    assert (tangerang.name, tangerang.kind, tangerang.parent_id) == ("Tangerang", "kabupaten", "36")


def test_loading_again_changes_nothing_and_keeps_what_others_added(db: None) -> None:
    load_areas(inside=["36.03"])
    Area.objects.filter(code="36.03.04").update(bps_code="3603021")
    before = list(Area.objects.order_by("code").values()), AreaAlias.objects.count()
    loaded = load_areas(inside=["36.03"])
    assert loaded.added == 0
    assert (list(Area.objects.order_by("code").values()), AreaAlias.objects.count()) == before


def test_an_unknown_code_is_refused_and_nothing_is_loaded(db: None) -> None:
    with pytest.raises(UnableToLoadAreas, match=r"99\.99"):
        load_areas(inside=["36", "99.99"])
    assert not Area.objects.exists()
    with pytest.raises(CommandError):
        call_command("load_areas", regency=["99.99"])


def test_the_regency_around_an_area_is_loaded_when_it_is_missing(db: None) -> None:
    load_areas(inside=["36.03.04"])
    load_areas_around(code="33.72")
    assert Area.objects.get(code="33.72.01").name == "Laweyan"
    assert Area.objects.filter(level=4, code__startswith="33.72.").count() == 54


def test_kabupaten_tangerang_stands_without_the_package(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "wilayah", None)
    load_areas(inside=["36.03"])
    assert Area.objects.get(code="36.03.04.2007").name == "Ranca Buaya"
    assert Area.objects.filter(level=4).count() == 274


def test_the_shipped_file_says_what_the_package_says(monkeypatch: pytest.MonkeyPatch) -> None:
    from_package = [a for a in source.areas(inside=["36.03"]) if a.code.startswith("36")]
    monkeypatch.setattr(source, "wilayah", None)
    assert list(source.areas(inside=["36.03"])) == from_package
