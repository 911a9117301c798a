"""A line plot as SVG, without a library: both axes logarithmic, so that a flat cost is a level line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 70, 190, 40, 50
COLOURS = ("#1b6ca8", "#c8553d", "#3a7d44", "#8e5ea2", "#b8860b", "#4d4d4d", "#d16ba5")


def lines(title: str, across: str, places: Sequence[float], series: Mapping[str, Sequence[float]]) -> str:
    """Return the plot of some series over the same places."""
    values = [value for line in series.values() for value in line if value > 0]
    low, high = 10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values)))
    first, last = min(places), max(*places, min(places) * 1.01)

    def x(place: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(place / first) / math.log(last / first)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * math.log(value / low) / math.log(high / low)

    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
            f' font-size="12"><rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        ),
        f'<text x="{LEFT}" y="22" font-size="14">{title}</text>',
    ]
    tick = low
    while tick <= high:
        parts.append(
            f'<path d="M{LEFT} {y(tick):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
            f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:,.10g}</text>'
        )
        tick *= 10
    parts += [f'<text x="{x(p):.1f}" y="{HEIGHT - 28}" text-anchor="middle">{p:,}</text>' for p in places]
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{across}</text>')
    for i, (name, line) in enumerate(series.items()):
        colour = COLOURS[i % len(COLOURS)]
        points = [(x(place), y(value)) for place, value in zip(places, line, strict=True) if value > 0]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in points]
        parts.append(f'<text x="{WIDTH - RIGHT + 14}" y="{TOP + 18 * i}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
