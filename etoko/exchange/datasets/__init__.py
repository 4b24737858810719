"""The tables that can be taken along. Each brings its columns with their meaning, and its rows one by one."""

from etoko.exchange.datasets.businesses import BUSINESSES
from etoko.exchange.datasets.dataset import Dataset
from etoko.exchange.datasets.goods import GOODS
from etoko.exchange.datasets.recap import RECAP
from etoko.exchange.datasets.register import REGISTER

OPEN: dict[str, Dataset] = {one.slug: one for one in (BUSINESSES, GOODS, RECAP)}
"""For everybody: what owners agreed to show, and figures in which nobody is seen."""
OF_OFFICERS: dict[str, Dataset] = {REGISTER.slug: REGISTER}
"""With personal data, by rights, and with a trace."""

__all__ = ["OF_OFFICERS", "OPEN", "Dataset"]
