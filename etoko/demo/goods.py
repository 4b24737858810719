"""What the sample businesses make and sell: plausible goods of Jambe with plausible prices.

Prices are in rupiah, amounts in the measure beside them. The sign is the OpenMoji character that is drawn
on the woven pattern when the picture of the product is made.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Good:
    name: str
    unit: str
    price_rp: int
    sign: str
    about: str
    amount: int = 0
    measure: str = ""
    tastes: tuple[str, ...] = ()
    sizes: tuple[tuple[str, int, int], ...] = ()
    """(name, amount, price_rp) of each size."""
    lead_days: int = 0
    """More than nought: made to order."""
    capacity_per_day: int | None = None


@dataclass(frozen=True)
class Trade:
    """A kind of business: how it is called, what it makes, what it sells. Where goods and business belong,
    the product's own suggestions say."""

    shop_names: tuple[str, ...]
    """With {name} for the first name of the owner."""
    share: int
    """Of how many thousandths of the businesses this trade is."""
    kbli: str
    products_text: str
    story: str
    goods: tuple[Good, ...] = ()


TRADES: tuple[Trade, ...] = (
    Trade(
        shop_names=("Kerupuk Bu {name}", "Kerupuk Berkah {name}", "Dapur Kerupuk {name}"),
        share=80,
        kbli="10794",
        products_text="kerupuk",
        story="Kerupuk digoreng sendiri setiap pagi, dijemur matahari, tanpa pengawet.",
        goods=(
            Good(
                "Kerupuk Udang",
                "bungkus",
                12_000,
                "🍤",
                "Renyah, gurih udang asli, siap makan.",
                sizes=(("250 g", 250, 12_000), ("500 g", 500, 22_000), ("1 kg", 1000, 42_000)),
            ),
            Good("Kerupuk Bawang", "bungkus", 10_000, "🧄", "Kerupuk bawang putih, gurih.", 250, "g"),
            Good("Kerupuk Ikan Tenggiri", "bungkus", 15_000, "🐟", "Terasa ikannya.", 250, "g"),
            Good("Kerupuk Mentah Jengkol", "kg", 38_000, "🫘", "Mentah, tinggal goreng.", 1, "kg"),
            Good("Rengginang Ketan", "bungkus", 18_000, "🍘", "Dari ketan pilihan.", 300, "g"),
            Good("Opak Singkong", "bungkus", 11_000, "🫓", "Singkong kampung, dipanggang.", 200, "g"),
        ),
    ),
    Trade(
        shop_names=("Emping {name}", "Emping Melinjo {name}"),
        share=50,
        kbli="10794",
        products_text="emping melinjo",
        story="Melinjo dari kebun sendiri, ditumbuk tangan, satu-satu.",
        goods=(
            Good(
                "Emping Melinjo",
                "bungkus",
                25_000,
                "🌰",
                "Tipis, ditumbuk tangan.",
                250,
                "g",
                tastes=("Asin", "Manis", "Pedas"),
            ),
            Good("Emping Mentah Super", "kg", 85_000, "🥜", "Mentah, kelas super.", 1, "kg"),
        ),
    ),
    Trade(
        shop_names=("Keripik {name}", "Aneka Keripik {name}", "Kripik Renyah {name}"),
        share=90,
        kbli="10794",
        products_text="keripik singkong, keripik pisang",
        story="Keripik dari hasil kebun tetangga, digoreng kecil-kecil supaya selalu baru.",
        goods=(
            Good(
                "Keripik Singkong",
                "bungkus",
                12_000,
                "🍠",
                "Tipis dan renyah.",
                200,
                "g",
                tastes=("Original", "Balado", "Keju"),
            ),
            Good(
                "Keripik Pisang",
                "bungkus",
                13_000,
                "🍌",
                "Pisang kepok tua.",
                200,
                "g",
                tastes=("Manis", "Cokelat"),
            ),
            Good("Keripik Tempe", "bungkus", 11_000, "🌱", "Tempe iris tipis.", 150, "g"),
            Good("Keripik Bayam", "bungkus", 14_000, "🥬", "Bayam segar, tepung beras.", 150, "g"),
            Good("Keripik Talas", "bungkus", 15_000, "🍟", "Talas Banten.", 200, "g"),
        ),
    ),
    Trade(
        shop_names=("Anyaman Bambu {name}", "Topi Bambu {name}", "Kerajinan {name}"),
        share=90,
        kbli="16291",
        products_text="topi anyaman bambu, bakul, besek",
        story="Anyaman bambu turun-temurun. Bambunya dibelah dan diraut sendiri.",
        goods=(
            Good(
                "Topi Anyaman Bambu",
                "buah",
                35_000,
                "👒",
                "Ringan, adem, dianyam rapat.",
                sizes=(("Anak", 0, 25_000), ("Dewasa", 0, 35_000), ("Lebar", 0, 45_000)),
            ),
            Good("Peci Bambu", "buah", 40_000, "🎩", "Peci anyaman halus, bisa dipesan ukuran."),
            Good("Besek Bambu", "lusin", 36_000, "🧺", "Untuk hajatan dan oleh-oleh."),
            Good("Bakul Nasi", "buah", 28_000, "🍚", "Nasi tidak cepat basi."),
            Good("Kipas Bambu", "buah", 8_000, "🪭", "Kipas sate atau hiasan."),
            Good("Tampah", "buah", 30_000, "🥘", "Anyaman rapat, garis tengah 60 cm."),
            Good(
                "Lampu Hias Bambu",
                "buah",
                95_000,
                "🏮",
                "Dibuat sesuai pesanan.",
                lead_days=7,
                capacity_per_day=4,
            ),
        ),
    ),
    Trade(
        shop_names=("Tempe {name}", "Tahu Tempe {name}"),
        share=40,
        kbli="10391",
        products_text="tempe, tahu",
        story="Kedelai direndam malam, dibungkus daun, siap pagi.",
        goods=(
            Good("Tempe Daun", "bungkus", 6_000, "🫘", "Dibungkus daun pisang.", 400, "g"),
            Good("Tahu Putih", "bungkus", 8_000, "🧊", "Isi sepuluh, dibuat subuh.", 500, "g"),
            Good("Oncom", "bungkus", 5_000, "🍄", "Oncom merah.", 300, "g"),
        ),
    ),
    Trade(
        shop_names=("Kue {name}", "Dapur {name}", "Jajanan Bu {name}"),
        share=110,
        kbli="10710",
        products_text="kue basah, kue kering, nasi kotak",
        story="Menerima pesanan hajatan, arisan, dan rapat. Pesan paling lambat dua hari sebelumnya.",
        goods=(
            Good("Kue Lapis", "potong", 2_500, "🍰", "Lapis legit, tidak terlalu manis."),
            Good("Onde-onde", "buah", 2_000, "🍡", "Isi kacang hijau."),
            Good(
                "Nasi Kotak Ayam Bakar",
                "kotak",
                22_000,
                "🍱",
                "Paling sedikit 20.",
                lead_days=2,
                capacity_per_day=150,
            ),
            Good(
                "Kue Kering Nastar",
                "toples",
                55_000,
                "🍪",
                "Selai nanas buatan sendiri.",
                500,
                "g",
            ),
            Good(
                "Bolu Pandan", "loyang", 40_000, "🎂", "Harum pandan asli.", lead_days=1, capacity_per_day=6
            ),
            Good("Bubur Sumsum", "porsi", 7_000, "🥣", "Dengan gula aren."),
        ),
    ),
    Trade(
        shop_names=("Sambal {name}", "Bumbu Dapur {name}"),
        share=30,
        kbli="10772",
        products_text="sambal botol, bumbu, abon",
        story="Cabai dari petani Jambe, diulek hari itu juga.",
        goods=(
            Good("Sambal Bawang", "botol", 20_000, "🌶️", "Pedas sedang.", 150, "g"),
            Good("Sambal Cumi", "botol", 30_000, "🦑", "Cumi asin pilihan.", 150, "g"),
            Good("Bumbu Rendang", "bungkus", 15_000, "🍲", "Untuk 1 kg daging.", 200, "g"),
            Good("Abon Sapi", "bungkus", 45_000, "🥩", "Tanpa pengawet.", 200, "g"),
        ),
    ),
    Trade(
        shop_names=("Jamu {name}", "Minuman Segar {name}", "Kopi {name}"),
        share=60,
        kbli="11040",
        products_text="jamu, kopi bubuk, minuman segar",
        story="Diracik setiap pagi, dingin atau hangat.",
        goods=(
            Good("Jamu Kunyit Asam", "botol", 10_000, "🫚", "Segar, tanpa pemanis buatan.", 350, "ml"),
            Good("Beras Kencur", "botol", 10_000, "🥛", "Hangat di badan.", 350, "ml"),
            Good(
                "Kopi Bubuk Robusta",
                "bungkus",
                28_000,
                "☕",
                "Sangrai rumahan.",
                sizes=(("100 g", 100, 15_000), ("250 g", 250, 28_000)),
            ),
            Good("Es Cendol", "gelas", 8_000, "🥤", "Gula aren dan santan segar."),
            Good("Sirup Jahe", "botol", 25_000, "🫙", "Tinggal seduh.", 500, "ml"),
        ),
    ),
    Trade(
        shop_names=("Batik {name}", "Batik Tangerang {name}"),
        share=25,
        kbli="13134",
        products_text="kain batik, kemeja batik",
        story="Batik cap dan tulis dengan motif bambu dan sawah Jambe.",
        goods=(
            Good("Kain Batik Cap", "lembar", 150_000, "🧣", "Ukuran 2 × 1,15 m."),
            Good(
                "Kemeja Batik",
                "buah",
                185_000,
                "👔",
                "Lengan pendek, katun prima.",
                sizes=(("M", 0, 185_000), ("L", 0, 185_000), ("XL", 0, 195_000)),
            ),
            Good("Kain Batik Tulis", "lembar", 650_000, "🎨", "Sebulan pengerjaan.", lead_days=30),
        ),
    ),
    Trade(
        shop_names=("Konveksi {name}", "Penjahit {name}", "Mukena {name}"),
        share=70,
        kbli="14111",
        products_text="pakaian jadi, mukena, seragam",
        story="Menjahit seragam, mukena, dan gamis. Ukuran bisa dipesan.",
        goods=(
            Good("Mukena Katun", "set", 165_000, "🧕", "Adem, tidak menerawang."),
            Good(
                "Gamis Anak",
                "buah",
                95_000,
                "👗",
                "Katun, umur 3–8 tahun.",
                sizes=(("3–4 th", 0, 85_000), ("5–6 th", 0, 95_000), ("7–8 th", 0, 105_000)),
            ),
            Good("Seragam PKK", "set", 210_000, "👚", "Paling sedikit 10 set.", lead_days=14),
            Good("Daster Batik", "buah", 65_000, "🥻", "Bahan dingin."),
            Good("Tas Belanja Kain", "buah", 25_000, "👜", "Kain perca, kuat."),
        ),
    ),
    Trade(
        shop_names=("Kebun {name}", "Tani {name}", "Telur {name}"),
        share=70,
        kbli="01220",
        products_text="sayur, buah, telur, madu",
        story="Dipetik pagi dari kebun di Jambe, diantar hari itu juga.",
        goods=(
            Good("Telur Ayam Kampung", "papan", 75_000, "🥚", "Isi 30 butir."),
            Good("Pisang Kepok", "sisir", 18_000, "🍌", "Matang pohon."),
            Good("Madu Hutan", "botol", 90_000, "🍯", "Madu asli.", 460, "ml"),
            Good("Kangkung", "ikat", 3_000, "🥬", "Dipetik subuh."),
            Good("Cabai Rawit", "kg", 48_000, "🌶️", "Pedas, segar.", 1, "kg"),
            Good("Beras Pandan Wangi", "kg", 16_000, "🌾", "Panen sendiri.", 1, "kg"),
            Good("Singkong", "kg", 5_000, "🍠", "Baru dicabut.", 1, "kg"),
            Good("Bibit Mangga", "batang", 35_000, "🥭", "Okulasi, tinggi 60 cm."),
        ),
    ),
    Trade(
        shop_names=("Ikan {name}", "Lele {name}"),
        share=25,
        kbli="03221",
        products_text="ikan lele, ikan nila, ikan asin",
        story="Kolam sendiri, panen setiap minggu.",
        goods=(
            Good("Lele Segar", "kg", 28_000, "🐟", "Isi 7–8 ekor, bisa dibersihkan.", 1, "kg"),
            Good("Nila Segar", "kg", 36_000, "🐠", "Isi 4–5 ekor.", 1, "kg"),
            Good("Ikan Asin Peda", "bungkus", 22_000, "🐡", "Tidak terlalu asin.", 250, "g"),
        ),
    ),
    Trade(
        shop_names=("Rajut {name}", "Souvenir {name}"),
        share=30,
        kbli="32909",
        products_text="rajutan, suvenir, gantungan kunci",
        story="Rajutan dan suvenir untuk pernikahan, wisuda, dan kantor.",
        goods=(
            Good("Tas Rajut", "buah", 85_000, "🧶", "Benang katun.", lead_days=5),
            Good("Gantungan Kunci", "lusin", 30_000, "🔑", "Bisa pakai nama.", lead_days=3),
            Good("Sabun Cuci Piring", "botol", 12_000, "🧼", "Buatan rumah.", 500, "ml"),
            Good("Lilin Hias", "buah", 18_000, "🕯️", "Wangi melati."),
        ),
    ),
    # Most of a register sells nothing online; these fill it as they fill the real ones.
    Trade(("Warung {name}", "Warung Sembako {name}", "Toko {name}"), 120, "47112", "sembako", ""),
    Trade(("Warung Nasi {name}", "Bakso {name}", "Mie Ayam {name}"), 60, "56102", "makanan jadi", ""),
    Trade(("Bengkel {name}", "Tambal Ban {name}"), 30, "45407", "servis motor", ""),
    Trade(("Laundry {name}", "Salon {name}", "Fotokopi {name}"), 20, "96111", "jasa", ""),
)
