"""Rules of the house that no ready-made tool holds. Each failure names the file and what to do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import BooleanField, Model

from etoko.foundation.drawings import ROOT, floors

HOUSE = ROOT / "etoko"
LONGEST_FILE = 400
FLOOR_OF = {room: number for number, floor in enumerate(reversed(floors())) for room in floor}
ROOMS = sorted(FLOOR_OF)
WRITING_ON_A_ROW = {"save", "delete"}
WRITING_ON_ROWS = {
    *("create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
    *("raw", "_raw_delete"),
}
MAY_WRITE = {
    "foundation/flows.py": "the one engine that writes states",
    "foundation/onetime.py": "the keys themselves",
    "foundation/guarding.py": "the conditional UPDATE that deeds share",
    "foundation/kept.py": "the base class that refuses to write twice",
    "people/models.py": "Django creates accounts through the manager",
    "people/sessions.py": "the session of a browser, which is no fact of ours",
    "catalog/categories.py": "the tree that a migration plants",
}
MAY_BE_LONG = {
    "etoko/catalog/categories.py": 480,  # a table, to be read as one
    # Grown to two chapters; it may only shrink, and is parted when next touched.
}
MAY_POST_WITHOUT_KEY = {
    "catalog/templates/catalog/seller_qris.html": "reads a code and shows it; the next form takes it",
    "registry/templates/registry/register.html": "asks for a copy; asked twice, it leaves two true traces",
    "foundation/templates/foundation/look.html": "shows the fields, writes nothing",
    "people/templates/people/sign_in.html": "twice is once; and proving a passphrase must not hold the lock",
    "people/templates/people/sign_out.html": "twice is once",
}
MAY_LISTEN = {
    "catalog/apps.py": "after a migrate, as Django itself does, to plant rows that belong to the code",
    "foundation/apps.py": "to reach the connections of all threads as they are opened",
}
WRITING_FOLDERS = {"operations", "importing", "migrations", "tests", "demo"}


def sources(*, tests_too: bool = False) -> Iterator[Path]:
    for file in sorted(HOUSE.rglob("*.py")):
        if "migrations" not in file.parts and (tests_too or "tests" not in file.parts):
            yield file


def templates() -> Iterator[Path]:
    return iter(sorted(HOUSE.rglob("*.html")))


def name_of(file: Path) -> str:
    return file.relative_to(HOUSE).as_posix()


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("etoko.")]


def room_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


# --------------------------------------------------------------------------------------- floors


def foreign_keys() -> Iterator[tuple[str, str, str]]:
    for model in our_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if isinstance(target, type) and target.__module__.startswith("etoko."):
                yield f"{model._meta.label}.{field.name}", room_of(model), room_of(target)


def test_foreign_keys_look_down() -> None:
    wrong = [
        f"{key} points from {room} to {target}"
        for key, room, target in foreign_keys()
        if room != target and FLOOR_OF[target] >= FLOOR_OF[room]
    ]
    assert wrong == []


def test_foreign_keys_are_seen_at_all() -> None:
    assert ("ordering.Order.shop", "ordering", "catalog") in set(foreign_keys())


def test_every_room_is_on_a_floor_and_has_a_readme() -> None:
    rooms = {
        room.name.removeprefix("etoko.") for room in apps.get_app_configs() if room.name.startswith("etoko.")
    }
    assert rooms == set(FLOOR_OF)
    assert [room for room in ROOMS if not (HOUSE / room / "README.md").is_file()] == []


# ---------------------------------------------------------------------------------------- doors


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        receiver, deed = ast.unparse(node.func.value), node.func.attr
        of_rows = re.search(r"\b(objects|_default_manager|filter|exclude|all)\b", receiver)
        # A row is saved and deleted without positional arguments; a picture or a cache is not.
        found = deed in WRITING_ON_ROWS if of_rows else deed in WRITING_ON_A_ROW and not node.args
        if found:
            yield node.lineno, f"{receiver}.{deed}"


@pytest.mark.parametrize(
    ("line", "is_a_write"),
    [
        ("shop.save(update_fields=['name'])", True),
        ("row.delete()", True),
        ("Shop.objects.filter(pk=1).update(name='')", True),
        ("Shop.objects.create(name='')", True),
        ("shop.products.all().delete()", True),
        ("picture.save(out, 'JPEG')", False),
        ("cookies.update(more)", False),
        ("cache.delete(key)", False),
    ],
)
def test_knows_a_write_when_it_sees_one(line: str, is_a_write: bool) -> None:
    assert bool(list(writes(ast.parse(line)))) is is_a_write


def test_only_operations_write() -> None:
    wrong = [
        f"{name_of(file)}:{line}: {what}"
        for file in sources()
        if not WRITING_FOLDERS & {*file.parts, file.stem} and name_of(file) not in MAY_WRITE
        for line, what in writes(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert wrong == [], "a deed has one door, in operations/"


def test_there_are_no_signals() -> None:
    wrong = [
        name_of(file)
        for file in sources()
        if name_of(file) not in MAY_LISTEN
        and re.search(r"django\.dispatch|\.signals\b|@receiver", file.read_text(encoding="utf-8"))
    ]
    assert wrong == [], "call downward; announce upward (config/effects.py)"


# ---------------------------------------------------------------------------------------- facts


def test_no_fact_is_a_boolean() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, BooleanField) and field.name != "is_superuser"
    ]
    assert wrong == [], "say when (a moment) or what (a state): a bare yes misses its index on SQLite"


# --------------------------------------------------------------------------------------- pages


def forms_that_write(html: str) -> Iterator[str]:
    for form in re.findall(r"<form\b.*?</form>", html, flags=re.DOTALL | re.IGNORECASE):
        opening = form[: form.index(">")]
        if re.search(r"method=[\"']?post", opening, flags=re.IGNORECASE):
            yield form


def test_every_form_that_writes_carries_a_one_time_key() -> None:
    wrong = [
        f"{name_of(file)}: {form.splitlines()[0][:90]}"
        for file in templates()
        if name_of(file) not in MAY_POST_WITHOUT_KEY
        for form in forms_that_write(file.read_text(encoding="utf-8"))
        if not re.search(r"once_input\(\)|\{\{\s*key\s*\}\}", form)
    ]
    assert wrong == [], "put {{ once_input() }} beside {{ csrf_input() }}, and @once on the view"


def test_nothing_runs_from_inside_a_page() -> None:
    """The content policy refuses inline scripts and styles: they would silently not work."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>|\son[a-z]+=[\"']|\sstyle=[\"']", re.IGNORECASE
    )
    wrong = [
        f"{name_of(file)}: {found.group(0)}"
        for file in templates()
        for found in inline.finditer(file.read_text(encoding="utf-8"))
    ]
    assert wrong == []


# --------------------------------------------------------------------------------------- files


def test_files_are_chapters() -> None:
    kinds = ("*.py", "*.html", "*.js")
    files = [*ROOT.glob("*.py")] + [
        file
        for folder in ("etoko", "tests", "workbench", "drills", "bench")
        for kind in kinds
        for file in (ROOT / folder).rglob(kind)
        if "migrations" not in file.parts
    ]
    lengths = {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in files
    }
    long = {name: lines for name, lines in lengths.items() if lines > MAY_BE_LONG.get(name, LONGEST_FILE)}
    assert long == {}, f"more than {LONGEST_FILE} lines: find the two thoughts in it"
