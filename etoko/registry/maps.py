"""Maps drawn on the server: points where things are, without tiles, without script."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH = 420
_SIDE, _TOP = 24, 28
_SIDE_OF_BUBBLES, _FOOT_OF_BUBBLES = 50, 32
"""Room for the names under the bubbles."""
_LOW, _HIGH = 180, 480


@dataclass(frozen=True)
class Spot:
    name: str
    latitude: float
    longitude: float
    href: str = ""
    share: float | None = None
    """Of a bubble: how much of it is filled, 0…1; None draws a dot."""
    size: float = 0
    """Of a bubble: 0…1 of the largest."""
    note: str = ""
    is_here: bool = False
    """The one the page is about, among its neighbours."""


def spot_map(title: str, spots: Sequence[Spot]) -> Markup:
    """Dots, or bubbles that fill from below, in their places. Each has its name in a <title>."""
    if not spots:
        return Markup("")
    project, height = _projection(spots)
    drawn = [
        _bubble(spot, *project(spot)) if spot.share is not None else _dot(spot, *project(spot))
        for spot in spots
    ]
    # Names last: those of neighbours would otherwise lie under the bubbles.
    drawn += [_name_below(spot, *project(spot)) for spot in spots if spot.share is not None]
    return Markup(
        '<svg class="spot-map" viewBox="0 0 {width} {height}" role="group" aria-label="{title}">'
        '<rect class="ground" width="{width}" height="{height}" rx="12"/>{spots}</svg>'
    ).format(width=WIDTH, height=height, title=title, spots=Markup("").join(drawn))


def _projection(spots: Sequence[Spot]) -> tuple[Callable[[Spot], tuple[float, float]], int]:
    north, south = max(s.latitude for s in spots), min(s.latitude for s in spots)
    west, east = min(s.longitude for s in spots), max(s.longitude for s in spots)
    # A degree of longitude is shorter than one of latitude, if little so near the equator.
    narrow = math.cos(math.radians((north + south) / 2))
    span_x, span_y = max((east - west) * narrow, 0.004), max(north - south, 0.004)
    has_bubbles = any(spot.share is not None for spot in spots)
    side = _SIDE_OF_BUBBLES if has_bubbles else _SIDE
    foot = _FOOT_OF_BUBBLES if has_bubbles else 0
    inner = WIDTH - 2 * side
    height = min(max(round(inner * span_y / span_x) + 2 * _TOP + foot, _LOW), _HIGH)
    scale = min(inner / span_x, (height - 2 * _TOP - foot) / span_y)
    middle_x, middle_y = (west + east) / 2, (north + south) / 2

    def project(spot: Spot) -> tuple[float, float]:
        x = WIDTH / 2 + (spot.longitude - middle_x) * narrow * scale
        y = (height - foot) / 2 - (spot.latitude - middle_y) * scale
        return round(x, 1), round(y, 1)

    return project, height


def _dot(spot: Spot, x: float, y: float) -> Markup:
    circle = Markup(
        '<circle class="dot{here}" cx="{x}" cy="{y}" r="{radius}"><title>{name}</title></circle>'
    ).format(x=x, y=y, name=spot.name, here=" here" if spot.is_here else "", radius=9 if spot.is_here else 5)
    return Markup('<a href="{href}">{circle}</a>').format(href=spot.href, circle=circle)


def _bubble(spot: Spot, x: float, y: float) -> Markup:
    radius = _radius(spot)
    return Markup(
        '<a href="{href}"><circle class="rim" cx="{x}" cy="{y}" r="{radius}"/>'
        '<circle class="core" cx="{x}" cy="{y}" r="{core}"/>'
        "<title>{name}: {note}</title></a>"
    ).format(
        href=spot.href,
        x=x,
        y=y,
        radius=radius,
        # By area, not by radius: half of the villagers fill half of the bubble.
        core=round(radius * math.sqrt(min(max(spot.share or 0, 0), 1)), 1),
        name=spot.name,
        note=spot.note,
    )


def _name_below(spot: Spot, x: float, y: float) -> Markup:
    return Markup('<text x="{x}" y="{y}" text-anchor="middle" aria-hidden="true">{name}</text>').format(
        x=x, y=round(y + _radius(spot) + 14, 1), name=spot.name
    )


def _radius(spot: Spot) -> float:
    return round(9 + 15 * math.sqrt(max(spot.size, 0)), 1)
