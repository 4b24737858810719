import pytest
from django.core.management import call_command
from lucide import _load_icon

from etoko.catalog.categories import GROUPS, LEAVES, load_categories, suggest_categories
from etoko.catalog.models import Category


def test_the_tree_stands_after_migrating(db: None) -> None:
    assert Category.objects.filter(parent=None).count() == len(GROUPS)
    assert Category.objects.exclude(parent=None).count() == len(LEAVES)
    kerupuk = Category.objects.select_related("parent").get(slug="kerupuk")
    assert (kerupuk.parent and kerupuk.parent.slug, kerupuk.kbli_codes) == ("makanan", ["10794"])


def test_loading_again_writes_nothing(db: None) -> None:
    assert load_categories() == 0


def test_loading_repairs_what_differs(db: None) -> None:
    Category.objects.filter(slug="madu").update(name="Honig", kbli_codes=[])
    before = Category.objects.get(slug="madu").pk
    assert load_categories() == 1
    madu = Category.objects.get(slug="madu")
    assert (madu.pk, madu.name, madu.kbli_codes) == (before, "Madu", ["01493", "02307"])


def test_the_tree_comes_back_after_a_flush(transactional_db: None) -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert Category.objects.filter(slug="kerupuk").exists()


def test_the_tree_is_about_sixty_in_two_levels_with_codes_and_drawings() -> None:
    slugs = [group.slug for group in GROUPS] + [leaf.slug for group in GROUPS for leaf in group.leaves]
    assert 55 <= len(slugs) <= 75
    assert len(set(slugs)) == len(slugs)
    for leaf in LEAVES.values():
        assert leaf.kbli_codes
        assert all(len(code) == 5 and code.isdigit() for code in leaf.kbli_codes)
        _load_icon(leaf.icon)
    for group in GROUPS:
        _load_icon(group.icon)


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Kerupuk bawang Bu Rahma", "kerupuk"),
        ("KRUPUK kulit", "kerupuk"),
        ("Krupukk ikan", "kerupuk"),
        ("Keripik pisang cokelat", "keripik"),
        ("Keripik singkong balado", "keripik"),
        ("Emping melinjo super", "keripik"),
        ("Topi bambu dewasa", "topi-bambu"),
        ("Peci bambu motif mega mendung", "topi-bambu"),
        ("Peci hitam", "busana-muslim"),
        ("Besek bambu", "anyaman-bambu"),
        ("Tikar pandan 2 x 3 m", "anyaman-pandan"),
        ("Tempe daun", "tempe-tahu"),
        ("Batik tulis Tangerang", "batik-tenun"),
        ("Nasi uduk komplit", "masakan"),
        ("Nasi box ayam bakar", "katering"),
        ("Jamu beras kencur", "jamu"),
        ("Beras kencur", "jamu"),
        ("Beras Ciherang 5 kg", "beras-palawija"),
        ("Telur ayam kampung", "telur-unggas"),
        ("Lele segar", "ikan-segar"),
        ("Bibit lele", "ikan-segar"),
        ("Es kelapa muda", "jus-es"),
        ("Servis motor", "bengkel"),
        ("Jasa jahit kebaya", "jahit"),
        ("Sewa tenda pesta", "sewa-pesta"),
        ("Kue ulang tahun karakter", "roti-bolu"),
        ("Tas rajut", "rajut-sulam"),
        ("Madu hutan", "madu"),
    ],
)
def test_a_name_says_where_the_goods_belong(name: str, category: str) -> None:
    assert suggest_categories(name)[0] == category


@pytest.mark.parametrize("name", ["", "   ", "123", "🙂", "Xyzzy"])
def test_a_name_that_says_nothing_suggests_nothing(name: str) -> None:
    assert suggest_categories(name) == []
