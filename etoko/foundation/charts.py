"""Charts as SVG drawn on the server, each with the table of its figures behind it.

`bar_chart` for comparing things (few rows, names of any length), `line_chart` for months and weeks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

WIDTH = 640
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
    """Lying bars, the name above each: names wrap nowhere and are read at 320 px as on a desk."""
    most = max((value for _name, value in bars), default=0) or 1
    rows = [
        Markup(
            '<text x="0" y="{y}" class="name">{name}</text>'
            '<text x="{end}" y="{y}" text-anchor="end" class="value">{figure}</text>'
            '<rect class="rail" x="0" y="{top}" width="{end}" height="12" rx="6"/>'
            '<rect class="bar" x="0" y="{top}" width="{long}" height="12" rx="6"/>'
        ).format(
            y=at * 48 + 18,
            top=at * 48 + 26,
            end=WIDTH,
            name=_short(name, 52),
            figure=show(value),
            long=f"{max(value, 0) / most * WIDTH:.1f}",
        )
        for at, (name, value) in enumerate(bars)
    ]
    drawing = _svg(title, WIDTH, len(bars) * 48, Markup("").join(rows))
    return _chart(
        title, drawing, (heading or _("Nama"), unit or _("Jumlah")), [(n, show(v)) for n, v in bars]
    )


def line_chart(
    title: str, labels: Sequence[str], series: Sequence[Series], *, show: Show = _plain, heading: str = ""
) -> Markup:
    """Lines over time; at most three series. Every point stands in the table."""
    height, foot, left = 240, 28, 8
    most = _round_up(max((value for one in series for value in one.values), default=0))
    wide = (WIDTH - 2 * left) / max(len(labels) - 1, 1)

    def x(at: int) -> float:
        return left + at * wide

    def y(value: float) -> float:
        return height - (height - 24) * max(value, 0) / most

    parts: list[Markup] = []
    for share in (0, 0.5, 1):
        level = y(most * share)
        parts.append(
            Markup('<path class="axis" d="M0 {y}H{w}"/><text x="0" y="{above}">{figure}</text>').format(
                y=f"{level:.1f}", w=WIDTH, above=f"{level - 5:.1f}", figure=show(most * share)
            )
        )
    every = max(1, -(-len(labels) // 6))
    for at, label in enumerate(labels):
        if at % every == 0 or at == len(labels) - 1:
            anchor = "start" if at == 0 else "end" if at == len(labels) - 1 else "middle"
            parts.append(
                Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
                    f"{x(at):.1f}", height + foot - 8, anchor, label
                )
            )
    for number, one in enumerate(series):
        tone = TONES[number]
        points = [f"{x(at):.1f} {y(value):.1f}" for at, value in enumerate(one.values)]
        if not points:
            continue
        if number == 0:
            parts.insert(
                0,
                Markup('<path class="area" d="M{} {}L{}L{} {}z"/>').format(
                    f"{x(0):.1f}", height, "L".join(points), f"{x(len(points) - 1):.1f}", height
                ),
            )
        parts.append(Markup('<path class="line{}" d="M{}"/>').format(tone, "L".join(points)))
        last_x, last_y = points[-1].split()
        parts.append(Markup('<circle class="dot{}" cx="{}" cy="{}" r="5"/>').format(tone, last_x, last_y))
    drawing = _svg(title, WIDTH, height + foot, Markup("").join(parts))
    rows = [
        (label, *(show(one.values[at]) if at < len(one.values) else "" for one in series))
        for at, label in enumerate(labels)
    ]
    heads = (heading or _("Waktu"), *(one.name for one in series))
    return _chart(title, drawing, heads, rows, legend=series if len(series) > 1 else ())


def _svg(title: str, width: int, height: int, inside: Markup) -> Markup:
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        width, max(height, 1), title, inside
    )


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
        '<figure class="chart"><figcaption><b>{title}</b>{key}</figcaption>{drawing}'
        '<details class="fold"><summary>{words}</summary><div class="table-frame">'
        "<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details></figure>"
    ).format(title=title, key=key, drawing=drawing, words=_("Lihat angkanya"), head=head, body=body)


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _round_up(value: float) -> float:
    """The next figure that is easy to halve in one's head: 1, 2, 4, 6, 8, 10 times a power of ten."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    for step in (1, 2, 4, 6, 8):
        if value <= step * power:
            return step * power
    return 10 * power
