"""Duplicates are found among a thousand invented businesses, typed in again by hurried people."""

from random import Random

from etoko.demo.goods import TRADES
from etoko.demo.names import FAMILY, HAMLETS, MEN, WOMEN
from etoko.registry.kinds import recognise_kind
from etoko.registry.linking import LIKELY, Commonness, Sketch, compare, pairs_to_compare
from etoko.registry.tests.slips import labelled


def invented(chance: Random, count: int = 700) -> list[Sketch]:
    """Owners with ordinary names, half of the shops called after them, some phones shared in a family."""
    sketches = []
    for i in range(count):
        first = chance.choice((*WOMEN, *MEN))
        trade = chance.choice(TRADES)
        name = chance.choice(trade.shop_names).format(
            name=first if chance.random() < 0.6 else chance.choice(FAMILY)
        )
        has_point = chance.random() < 0.6
        sketches.append(
            Sketch(
                name,
                owners=frozenset({f"{first} {chance.choice(FAMILY)}"})
                if chance.random() < 0.95
                else frozenset(),
                phones=frozenset(
                    {f"+62813{i // 2 if i % 25 == 0 else 10_000_000 + i * 7919 % 89_999_999:08}"}
                ),
                area=f"36.03.04.{2001 + chance.randrange(10)}",
                rt=f"{chance.randint(1, 6):03}",
                rw=f"{chance.randint(1, 4):03}",
                street=chance.choice(HAMLETS),
                kind=recognise_kind(f"{trade.products_text} {name}"),
                point=(-6.316 + chance.gauss(0, 0.018), 106.52 + chance.gauss(0, 0.018))
                if has_point
                else None,
            )
        )
    return sketches


def test_almost_all_twins_are_found_and_almost_nothing_else() -> None:
    right = wrong = twins = 0
    for seed in (1, 2):
        chance = Random(seed)
        sketches, same, _origins = labelled(invented(chance), chance)
        common = Commonness(sketch.name for sketch in sketches)
        twins += len(same)
        for pair in pairs_to_compare(sketches):
            if compare(sketches[pair[0]], sketches[pair[1]], common).score >= LIKELY:
                right, wrong = right + (pair in same), wrong + (pair not in same)
    assert twins > 350
    assert right / (right + wrong) >= 0.98, (right, wrong, twins)
    assert right / twins >= 0.90, (right, wrong, twins)
