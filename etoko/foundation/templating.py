"""The Jinja2 environment of all our own pages.

Each room keeps its pages in `templates/ROOM/`. Only our rooms are searched: the pages that
libraries bring along are Django templates and stay with Django's engine.
"""

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, FileSystemBytecodeCache, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from etoko.foundation import days, money, onetime, phones
from etoko.foundation.fields import describe_field
from etoko.foundation.icons import icon
from etoko.foundation.weave import weave_band, weave_svg, weave_url

THEME_COOKIE = "tema"
THEMES = ("light", "dark")


class RoomTemplates(Jinja2):
    @cached_property
    def template_dirs(self) -> tuple[str, ...]:
        rooms = [
            Path(room.path) / "templates" for room in apps.get_app_configs() if room.name.startswith("etoko.")
        ]
        return tuple(str(folder) for folder in rooms if folder.is_dir())


class CompiledTemplates(FileSystemBytecodeCache):
    """What one process compiled the others need not: all the pages together take 1.5 s of CPU."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # a full disk costs time, not the page
            super().dump_bytecode(bucket)


def environment(**options: Any) -> Environment:
    settings.COMPILED_TEMPLATES.mkdir(mode=0o700, exist_ok=True)
    env = Environment(
        **options,
        bytecode_cache=CompiledTemplates(str(settings.COMPILED_TEMPLATES)),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(
        url=url,
        static=static,
        once_input=once_input,
        home_name=settings.HOME_NAME,
        languages=settings.LANGUAGES,
        get_language=translation.get_language,
        whatsapp_link=phones.whatsapp_link,
        icon=icon,
        draw=icon,  # the same by a second name: macros with a parameter `icon` would hide it
        weave_band=weave_band,
        weave_svg=weave_svg,
        weave_url=weave_url,
        describe_field=describe_field,
        theme=theme,
    )
    env.filters.update(
        rupiah=money.show_rupiah,
        rupiah_short=money.show_rupiah_short,
        tanggal=days.show_day,
        tanggal_pendek=days.show_day_short,
        waktu=days.show_moment,
        telepon=phones.show_phone,
        telepon_samar=phones.mask_phone,
    )
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


@pass_context
def theme(context: Context) -> str:
    """The colours the reader chose, "light" or "dark"; nothing when she follows her device."""
    request: HttpRequest | None = context.get("request")
    chosen = request.COOKIES.get(THEME_COOKIE, "") if request else ""
    return chosen if chosen in THEMES else ""


class CsrfInput:
    """`{{ csrf_input() }}`. Without the brackets too, as Django itself offers it to Jinja2."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __call__(self) -> Markup:
        return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
            get_token(self.request)
        )

    def __html__(self) -> str:
        return str(self())


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page is given. Set last, because Django puts a `csrf_input` of its own there first."""
    return {
        "csrf_input": CsrfInput(request),
        # Only to be gone through where there are some: going through them sets a cookie, and a page that
        # sets a cookie is not kept in the page cache.
        "messages": get_messages(request),
    }


@pass_context
def once_input(context: Context) -> Markup:
    """The hidden one-time key of a form that writes; a form that was refused keeps its key."""
    request: HttpRequest = context["request"]
    key = request.POST.get(onetime.FIELD) or onetime.new_key()
    return Markup('<input type="hidden" name="once" value="{}">').format(key)
