from etoko.catalog.models.making import CapacityDay, Making
from etoko.catalog.models.product import Product, ProductPhoto, Variant
from etoko.catalog.models.qris import QrisCode
from etoko.catalog.models.search import SearchEntry, SearchWord
from etoko.catalog.models.shop import Category, DeliveryFee, DeliveryOption, PaymentOption, Shop
from etoko.catalog.models.stock import StockCheck, StockMovement

__all__ = [
    "CapacityDay",
    "Category",
    "DeliveryFee",
    "DeliveryOption",
    "Making",
    "PaymentOption",
    "Product",
    "ProductPhoto",
    "QrisCode",
    "SearchEntry",
    "SearchWord",
    "Shop",
    "StockCheck",
    "StockMovement",
    "Variant",
]
