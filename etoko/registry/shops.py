"""Whether a business has a shop is known on a floor above. Whoever knows tells how to ask, once, when
the rooms are loaded (`config.shops`); until then no business has a shop."""

from collections.abc import Callable, Iterable, Mapping

ShopPaths = Callable[[Iterable[int]], Mapping[int, str]]

_asked: list[ShopPaths] = []


def ask_shops_by(provider: ShopPaths) -> None:
    """`provider` gives, for ids of businesses, the addresses of those shops that everybody may see.
    It must ask the database at most once."""
    _asked[:] = [provider]


def shop_paths(business_ids: Iterable[int]) -> Mapping[int, str]:
    return _asked[0](business_ids) if _asked else {}
