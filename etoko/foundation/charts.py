"""Charts drawn on the server, each with the table of its figures behind it.

`bar_chart` for comparing things (few rows, names of any length), `line_chart` for months and weeks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

TONES = ("", " b", " c")

Show = Callable[[float], str]


@dataclass(frozen=True)
class Series:
    name: str
    values: Sequence[float]


def _plain(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def bar_chart(
    title: str, bars: Sequence[tuple[str, float]], *, show: Show = _plain, heading: str = "", unit: str = ""
) -> Markup:
    """Lying bars with the name above each, so that names of any length are read on any screen."""
    most = max((value for _name, value in bars), default=0) or 1
    rows = Markup("").join(
        Markup(
            '<li><span>{name}</span><b class="number">{figure}</b>'
            '<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
            '<path class="bar" d="M0 0h{long}v1H0z"/></svg></li>'
        ).format(name=name, figure=show(value), long=f"{max(value, 0) / most * 100:.1f}")
        for name, value in bars
    )
    figures = [(name, show(value)) for name, value in bars]
    return _chart(
        title,
        Markup('<ul class="bars">{}</ul>').format(rows),
        (heading or _("Nama"), unit or _("Jumlah")),
        figures,
    )


def line_chart(
    title: str, labels: Sequence[str], series: Sequence[Series], *, show: Show = _plain, heading: str = ""
) -> Markup:
    """Lines over time; at most three series. Every point stands in the table.

    The drawing is stretched to its place; words stand beside it as words, so they keep their size.
    """
    most = _round_up(max((value for one in series for value in one.values), default=0))
    wide = 100 / max(len(labels) - 1, 1)

    def points(one: Series) -> list[str]:
        return [
            f"{at * wide:.1f} {100 - max(value, 0) / most * 100:.1f}" for at, value in enumerate(one.values)
        ]

    parts = [Markup('<path class="axis" d="M0 0H100M0 50H100M0 100H100"/>')]
    for number, one in enumerate(series):
        line = points(one)
        if not line:
            continue
        joined = "L".join(line)
        if number == 0:
            parts.insert(
                0,
                Markup('<path class="area" d="M0 100L{}L{} 100z"/>').format(joined, line[-1].split()[0]),
            )
        parts.append(
            Markup('<path class="line{tone}" d="M{line}"/><path class="dot{tone}" d="M{last}h0"/>').format(
                tone=TONES[number], line=joined, last=line[-1]
            )
        )
    # Counted back from the newest, which people look for first; on a phone every second one has room.
    every = max(1, -(-(len(labels) - 1) // 4))
    back = range(len(labels) - 1, -1, -1)
    ticks = Markup("").join(
        Markup("<span{}>{}</span>").format(
            Markup(' class="between"') if at % (2 * every) else "", label if at % every == 0 else ""
        )
        for at, label in zip(back, labels, strict=True)
    )
    levels = Markup("").join(Markup("<span>{}</span>").format(show(most * share)) for share in (1, 0.5, 0))
    drawing = Markup(
        '<div class="plot"><div class="levels" aria-hidden="true">{}</div>'
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
        '<div class="ticks" aria-hidden="true">{}</div></div>'
    ).format(levels, title, Markup("").join(parts), ticks)
    rows = [
        (label, *(show(one.values[at]) if at < len(one.values) else "" for one in series))
        for at, label in enumerate(labels)
    ]
    heads = (heading or _("Waktu"), *(one.name for one in series))
    return _chart(title, drawing, heads, rows, legend=series if len(series) > 1 else ())


def _chart(
    title: str,
    drawing: Markup,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    legend: Sequence[Series] = (),
) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(Markup(' class="num"') if at else "", word)
        for at, word in enumerate(heads)
    )
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            row[0], Markup("").join(Markup('<td class="num">{}</td>').format(cell) for cell in row[1:])
        )
        for row in rows
    )
    key = Markup("").join(
        Markup('<span class="key{}">{}</span>').format(TONES[at], one.name) for at, one in enumerate(legend)
    )
    return Markup(
        '<figure class="chart"><figcaption class="split"><b>{title}</b><span class="row">{key}</span>'
        "</figcaption>{drawing}"
        '<details class="fold"><summary>{words}</summary><div class="table-frame">'
        "<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details></figure>"
    ).format(title=title, key=key, drawing=drawing, words=_("Lihat angkanya"), head=head, body=body)


def _round_up(value: float) -> float:
    """The next figure that is easy to halve in one's head: 1, 2, 4, 6, 8, 10 times a power of ten."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    for step in (1, 2, 4, 6, 8):
        if value <= step * power:
            return step * power
    return 10 * power
