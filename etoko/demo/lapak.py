"""What the village's OpenSID had in its lapak, read and waiting for an officer to look at it."""

from datetime import datetime, timedelta

from etoko.exchange.opensid.reading import Goods, Lapak, Seller
from etoko.exchange.operations.lapak import keep_lapak
from etoko.people.models import Person
from etoko.places.models import Area

_TABAN = "36.03.04.2004"


def keep_lapak_of_taban(*, people: dict[str, Person], now: datetime) -> int:
    """One seller is known already, one is new, one has no name in the file, one is shut. Returns how many."""
    sellers = [
        Seller(
            "1", "Rahma Lestari", "0812-1000-0001", "-6.3012", "106.5010",
            goods=[
                Goods("1", "Rengginang Terasi", 18_000, "bungkus", "Dijemur dua hari.", "Makanan"),
                Goods("2", "Kerupuk Mentah", 0, "kg", "", "Makanan",
                      problem="Harganya kosong, nol, atau tidak terbaca."),
            ],
        ),
        Seller(
            "2", "Suhaemi", "0812-9999-1002", "-6.3040", "106.5032",
            goods=[
                Goods("3", "Gula Aren Cetak", 27_000, "kg", "Harga biasa Rp30.000.", "Makanan",
                      notes=["Harga Rp27.000 sesudah potongan Rp3.000."]),
                Goods("4", "Sapu Lidi", 12_000, "buah", "", "Kerajinan"),
            ],
        ),
        Seller(
            "3", "", "0812-9999-1003", "", "",
            goods=[Goods("5", "Madu Hutan", 90_000, "botol", "", "Makanan")],
        ),
        Seller("4", "Nurjanah", "0812-9999-1004", "", "", problem="Lapak ini tidak aktif di OpenSID."),
    ]  # fmt: skip
    keep_lapak(
        lapak=Lapak(sellers),
        area=Area.objects.get(code=_TABAN),
        file_name="lapak-desa-taban.sql",
        by=people["Dedi"],
        at=now - timedelta(hours=3),
    )
    return len(sellers)
