"""The tree of categories, suited to what is made and sold in a sub-district, and where goods belong in it.

Two levels: a group is walked through, a category is chosen. Codes are of KBLI 2020 (BPS), the edition that
existing NIBs carry; the words are what sellers call such goods.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _
from rapidfuzz import fuzz

from etoko.catalog.models import Category


@dataclass(frozen=True)
class Leaf:
    slug: str
    name: str
    icon: str
    kbli_codes: tuple[str, ...]
    words: str
    """Separated by commas; a word of several words must stand together in the name of the product."""


@dataclass(frozen=True)
class Group:
    slug: str
    name: str
    icon: str
    leaves: tuple[Leaf, ...]


# fmt: off
GROUPS = (
    Group(
        "makanan",
        _("Makanan"),
        "utensils",
        (
            Leaf(
                "kerupuk", _("Kerupuk & rempeyek"), "cookie", ("10794",),
                "kerupuk, krupuk, rempeyek, peyek, rengginang, opak, kemplang, rambak, kerupuk kulit, "
                "ranginang",
            ),
            Leaf(
                "keripik", _("Keripik & emping"), "wheat", ("10794", "10313"),
                "keripik, kripik, emping, ceriping, basreng, makaroni, seblak kering, usus krispi, stik "
                "bawang",
            ),
            Leaf(
                "kue-basah", _("Kue basah & jajanan pasar"), "cake-slice", ("10792",),
                "kue basah, jajanan, jajan pasar, lemper, lapis, klepon, onde, nagasari, risol, "
                "risoles, pastel, serabi, surabi, cucur, getuk, gemblong, kue, papais, leupeut, pisang "
                "goreng, gorengan, bakwan",
            ),
            Leaf(
                "kue-kering", _("Kue kering"), "cookie", ("10710",),
                "kue kering, nastar, kastengel, putri salju, semprit, kembang goyang, akar kelapa, "
                "biskuit, kue lebaran, kue semprong, semprong, kue satu",
            ),
            Leaf(
                "roti-bolu", _("Roti & bolu"), "croissant", ("10710",),
                "roti, bolu, donat, brownies, brownis, cake, tar, kue ulang tahun, pai, martabak, "
                "bakpao, bakpia",
            ),
            Leaf(
                "tempe-tahu", _("Tempe, tahu & oncom"), "bean", ("10391", "10392", "10793"),
                "tempe, tahu, oncom, kedelai, kembang tahu, orek",
            ),
            Leaf(
                "abon-olahan", _("Abon, ikan & daging olahan"), "fish-symbol", ("10130", "10211", "10215"),
                "abon, dendeng, ikan asin, bandeng presto, pindang, bakso, sosis, otak otak, pempek, "
                "siomay, nugget, teri, ebi, telur asin, rendang",
            ),
            Leaf(
                "makanan-beku", _("Makanan beku"), "snowflake", ("10130", "10213", "10314"),
                "beku, frozen, frozen food, kebab beku, cireng beku, dimsum beku",
            ),
            Leaf(
                "sambal-bumbu", _("Sambal & bumbu"), "soup", ("10772", "10779"),
                "sambal, bumbu, saus, kecap, bawang goreng, terasi, serundeng, bumbu dapur, rempah "
                "bubuk",
            ),
            Leaf(
                "camilan-manis", _("Dodol, gula & manisan"), "candy", ("10734", "10722", "10733"),
                "dodol, permen, manisan, wajik, jenang, geplak, gula aren, gula merah, gula semut, "
                "selai, cokelat, kacang, kacang telur, kacang goreng, camilan, cemilan, snack",
            ),
            Leaf(
                "masakan", _("Masakan siap santap"), "cooking-pot", ("56102", "56109"),
                "nasi, nasi uduk, soto, sop, sate, pecel, gado gado, ketoprak, lauk, sayur matang, ayam "
                "goreng, ayam geprek, pecak, bebek, mi ayam, mie ayam, mi goreng, bubur, lontong, "
                "ketupat, cilok, seblak, batagor, laksa, gulai, semur, karedok",
            ),
            Leaf(
                "katering", _("Nasi kotak & katering"), "hand-platter", ("56210", "56290"),
                "katering, catering, nasi box, nasi kotak, nasi boks, tumpeng, snack box, kue kotak, "
                "prasmanan, besek, berkat, aqiqah, hampers makanan",
            ),
        ),
    ),
    Group(
        "minuman",
        _("Minuman"),
        "cup-soda",
        (
            Leaf(
                "kopi-teh", _("Kopi & teh"), "coffee", ("10761", "10763", "56303"),
                "kopi, kopi bubuk, teh, teh celup, cokelat panas, kopi susu",
            ),
            Leaf(
                "jamu", _("Jamu & minuman herbal"), "leaf", ("10762", "21022", "56305"),
                "jamu, beras kencur, kunyit asam, jahe, wedang, bandrek, bajigur, herbal, temulawak, "
                "empon, sekoteng",
            ),
            Leaf(
                "jus-es", _("Jus & es"), "glass-water", ("56303", "11040"),
                "es, jus, cendol, dawet, es krim, es lilin, es mambo, es buah, cincau, kelapa muda, es "
                "teh, boba",
            ),
            Leaf(
                "sirup", _("Sirup & minuman kemasan"), "bottle-wine", ("11040", "11090"),
                "sirup, sirop, minuman serbuk, sari buah, sari kacang hijau, nata de coco, minuman "
                "kemasan",
            ),
            Leaf(
                "susu-yogurt", _("Susu & yogurt"), "milk", ("10510", "10590"),
                "susu, susu kedelai, yogurt, yoghurt, kefir, susu kambing, susu sapi",
            ),
            Leaf(
                "air-minum", _("Air minum isi ulang"), "droplets", ("11052",),
                "air minum, air galon, galon, isi ulang",
            ),
        ),
    ),
    Group(
        "kerajinan",
        _("Kerajinan"),
        "palette",
        (
            Leaf(
                "topi-bambu", _("Topi & peci anyaman"), "hat-glasses", ("16291", "16292"),
                "topi bambu, topi anyaman, topi pandan, peci bambu, topi pramuka, caping, kopiah bambu",
            ),
            Leaf(
                "anyaman-bambu", _("Anyaman bambu & rotan"), "shopping-basket", ("16291",),
                "anyaman, bambu, rotan, bakul, besek bambu, tampah, nyiru, bilik, keranjang, kukusan, "
                "tudung saji, tampir, boboko, kipas bambu, tirai bambu",
            ),
            Leaf(
                "anyaman-pandan", _("Anyaman pandan & serat"), "layers", ("16292",),
                "pandan, tikar, mendong, eceng gondok, purun, tikar pandan, serat, sapu ijuk, sapu "
                "lidi, sapu, keset",
            ),
            Leaf(
                "kayu-ukir", _("Kerajinan kayu & ukiran"), "hammer", ("16293", "16299"),
                "ukiran, kayu, kerajinan kayu, batok, tempurung, kaligrafi, talenan, cobek kayu, golok",
            ),
            Leaf(
                "gerabah", _("Gerabah & keramik"), "amphora", ("23932", "23939"),
                "gerabah, keramik, tembikar, kendi, cobek, pot tanah, celengan",
            ),
            Leaf(
                "rajut-sulam", _("Rajut, sulam & bordir"), "spool", ("13924", "14302"),
                "rajut, rajutan, sulam, sulaman, bordir, makrame, renda, tas rajut, boneka rajut, "
                "kristik, taplak",
            ),
            Leaf(
                "aksesori", _("Aksesori & perhiasan"), "gem", ("32120", "32903"),
                "aksesori, aksesoris, bros, gelang, kalung, cincin, anting, gantungan kunci, manik, "
                "perhiasan, ikat rambut",
            ),
            Leaf(
                "suvenir", _("Suvenir, hantaran & buket"), "gift", ("32903", "47789"),
                "suvenir, souvenir, hantaran, seserahan, parsel, buket, hampers, undangan, mahar, kado, "
                "bunga kering",
            ),
            Leaf(
                "daur-ulang", _("Kerajinan daur ulang"), "recycle", ("32903", "13929"),
                "daur ulang, bekas, limbah, kantong plastik, koran bekas, perca, ecobrick, bungkus kopi",
            ),
        ),
    ),
    Group(
        "pakaian",
        _("Pakaian"),
        "shirt",
        (
            Leaf(
                "batik-tenun", _("Batik & tenun"), "swatch-book", ("13134", "13122"),
                "batik, tenun, kain, sarung, songket, ecoprint, jumputan, kain batik, kain tenun, "
                "selendang",
            ),
            Leaf(
                "busana-muslim", _("Busana muslim & kerudung"), "moon-star", ("14111", "47711"),
                "gamis, mukena, kerudung, jilbab, hijab, koko, baju koko, peci, kopiah, songkok, abaya, "
                "sajadah, ciput",
            ),
            Leaf(
                "pakaian-wanita", _("Pakaian wanita"), "shirt", ("14111", "47711"),
                "daster, blus, rok, kebaya, tunik, kulot, pakaian wanita, baju wanita, legging, celemek",
            ),
            Leaf(
                "pakaian-pria", _("Pakaian pria"), "shirt", ("14111", "47711"),
                "kemeja, kaos, kaus, celana, jaket, pakaian pria, baju pria, pangsi, kolor",
            ),
            Leaf(
                "pakaian-anak", _("Pakaian anak & bayi"), "baby", ("14111", "47711"),
                "baju anak, baju bayi, popok, bedong, gurita, pakaian anak, setelan anak, celana anak, "
                "gendongan",
            ),
            Leaf(
                "konveksi", _("Seragam & konveksi"), "scissors", ("14111", "14120"),
                "seragam, konveksi, sablon, kaos partai, baju olahraga, training, toga, almamater, "
                "rompi, spanduk kain",
            ),
            Leaf(
                "sepatu-tas", _("Sepatu, sandal & tas"), "handbag", ("15121", "15201", "47712"),
                "sepatu, sandal, tas, dompet, ransel, ikat pinggang, sandal jepit, selop, tas kulit, "
                "pouch",
            ),
        ),
    ),
    Group(
        "pertanian",
        _("Pertanian & peternakan"),
        "sprout",
        (
            Leaf(
                "beras-palawija", _("Beras & palawija"), "wheat", ("01122", "10631", "47211"),
                "beras, gabah, jagung, kacang tanah mentah, kacang hijau, singkong, ubi, talas, ketan, "
                "palawija, tepung",
            ),
            Leaf(
                "sayur", _("Sayur & bumbu segar"), "carrot", ("01131", "01133", "47213"),
                "sayur, sayuran, kangkung, bayam, cabai, cabe, tomat, terong, timun, bawang, bawang "
                "merah, jengkol, petai, pete, kacang panjang, lengkuas, kunyit, kencur, jamur, jamur "
                "tiram, hidroponik, selada, daun",
            ),
            Leaf(
                "buah", _("Buah"), "apple", ("01220", "47212"),
                "buah, pisang, pepaya, mangga, rambutan, durian, jambu, melon, semangka, nangka, "
                "kelapa, salak, duku, manggis, alpukat, jeruk, buah naga, nanas",
            ),
            Leaf(
                "telur-unggas", _("Telur & unggas"), "egg", ("01461", "01469", "47214"),
                "telur, telor, ayam kampung, ayam potong, bebek hidup, puyuh, entok, itik, ayam, doc",
            ),
            Leaf(
                "ternak", _("Kambing, domba & sapi"), "beef", ("01411", "01441", "01442"),
                "kambing, domba, sapi, kerbau, kelinci, daging sapi, daging kambing, hewan kurban, "
                "kurban, qurban",
            ),
            Leaf(
                "ikan-segar", _("Ikan segar"), "fish", ("03221", "47215"),
                "ikan, lele, nila, gurame, gurami, mujair, patin, ikan mas, bawal, udang, belut, ikan "
                "hias, cupang, bibit lele",
            ),
            Leaf(
                "bibit-tanaman", _("Bibit & tanaman hias"), "flower-2", ("01301", "01302"),
                "bibit, benih, tanaman, tanaman hias, bunga, anggrek, aglonema, monstera, kaktus, pot, "
                "bonsai",
            ),
            Leaf(
                "pupuk-pakan", _("Pupuk & pakan"), "sprout", ("20121", "10801", "47763"),
                "pupuk, kompos, pakan, pelet, dedak, sekam, magot, maggot, pupuk kandang, media tanam, "
                "poc",
            ),
            Leaf("madu", _("Madu"), "droplet", ("01493", "02307"), "madu, lebah, propolis, klanceng"),
        ),
    ),
    Group(
        "rumah",
        _("Rumah & keluarga"),
        "house",
        (
            Leaf(
                "mebel", _("Mebel"), "armchair", ("31001", "31002"),
                "mebel, meja, kursi, lemari, rak, bangku, ranjang, dipan, kusen, pintu, sofa, furnitur, "
                "jendela",
            ),
            Leaf(
                "alat-dapur", _("Alat dapur & rumah tangga"), "utensils-crossed", ("16294", "25992", "47593"),
                "alat dapur, panci, wajan, pisau, gilingan, talenan kayu, sendok, piring, gelas, "
                "toples, kompor, alat rumah tangga, dandang, sprei, seprai, bantal, guling, gorden, "
                "kasur",
            ),
            Leaf(
                "sabun-bersih", _("Sabun & pembersih"), "soap-dispenser-droplet", ("20231",),
                "sabun, deterjen, sabun cuci, pembersih lantai, pewangi, lilin, sabun mandi, pel, "
                "karbol",
            ),
            Leaf(
                "kosmetik", _("Kosmetik & perawatan tubuh"), "sparkles", ("20232", "47724"),
                "kosmetik, lulur, bedak, masker wajah, minyak rambut, minyak urut, parfum, lipstik, "
                "sampo, minyak telon",
            ),
            Leaf(
                "mainan", _("Mainan anak"), "toy-brick", ("32402", "47640"),
                "mainan, boneka, puzzle, layang layang, gasing, mobil mobilan, alat peraga, egrang, "
                "balon",
            ),
            Leaf(
                "sembako", _("Sembako & warung"), "shopping-bag", ("47112", "47821"),
                "sembako, minyak goreng, gula pasir, mi instan, mie instan, garam, terigu, gas, elpiji, "
                "rokok, warung, kelontong, pulsa, token listrik, santan instan",
            ),
            Leaf(
                "alat-tulis", _("Alat tulis & perlengkapan sekolah"), "pencil-ruler", ("47611",),
                "alat tulis, buku tulis, pensil, pulpen, kertas, buku, map, tas sekolah, buku iqro",
            ),
            Leaf(
                "bahan-bangunan", _("Bahan bangunan & batako"), "brick-wall", ("23921", "23953", "47528"),
                "bata, batako, genteng, pasir, semen, bahan bangunan, paving, cat, besi, batu bata, "
                "roster, bambu batangan",
            ),
        ),
    ),
    Group(
        "jasa",
        _("Jasa"),
        "hand-helping",
        (
            Leaf(
                "jahit", _("Jahit & permak"), "scissors", ("14120", "95291"),
                "jahit, jasa jahit, permak, vermak, penjahit, obras, bordir komputer, jahit kebaya",
            ),
            Leaf(
                "cuci-setrika", _("Cuci & setrika"), "washing-machine", ("96200",),
                "laundry, cuci, setrika, binatu, penatu, cuci karpet, cuci sepatu, cuci kiloan",
            ),
            Leaf(
                "bengkel", _("Bengkel & tambal ban"), "wrench", ("45201", "45407"),
                "bengkel, servis motor, tambal ban, ganti oli, cuci motor, cuci mobil, service motor, "
                "servis mobil",
            ),
            Leaf(
                "servis-alat", _("Servis elektronik & alat rumah"), "plug-zap", ("95210", "95220"),
                "servis, service, reparasi, servis tv, servis kipas, servis kulkas, servis ac, servis "
                "hp, pompa air",
            ),
            Leaf(
                "tukang", _("Tukang, las & bangunan"), "hard-hat", ("41011", "25111", "43302"),
                "tukang, las, bangunan, renovasi, kanopi, pagar, teralis, sumur bor, cat rumah, plafon, "
                "listrik rumah",
            ),
            Leaf(
                "rias-salon", _("Salon, pangkas & rias"), "brush", ("96111", "96112"),
                "salon, rias, pangkas, potong rambut, rias pengantin, mua, makeup, make up, barbershop, "
                "henna, creambath",
            ),
            Leaf(
                "pijat", _("Pijat & urut"), "hand-heart", ("96121",),
                "pijat, urut, bekam, refleksi, pijat bayi, totok, lulur panggilan",
            ),
            Leaf(
                "sewa-pesta", _("Sewa tenda & alat pesta"), "tent", ("77291",),
                "sewa, tenda, kursi pesta, pelaminan, sound system, organ tunggal, dekorasi, panggung, "
                "sewa alat pesta, sewa baju, marawis, hadroh",
            ),
            Leaf(
                "angkutan", _("Antar jemput & angkutan"), "truck", ("49424", "49431", "49422"),
                "ojek, antar, antar jemput, travel, sewa mobil, angkut barang, pindahan, pikap, pick "
                "up, truk, kurir",
            ),
            Leaf(
                "foto-cetak", _("Foto, cetak & desain"), "printer", ("74201", "18111", "74130"),
                "foto, cetak, fotokopi, percetakan, spanduk, banner, stempel, kartu nama, video, "
                "desain, stiker, sablon gelas",
            ),
            Leaf(
                "les-kursus", _("Les & kursus"), "graduation-cap", ("85495", "85499"),
                "les, kursus, privat, bimbel, bimbingan belajar, mengaji, ngaji, pelatihan, les renang, "
                "kursus jahit",
            ),
            Leaf(
                "jasa-lain", _("Jasa lainnya"), "hand-helping", ("96990",),
                "jasa, kebersihan, asisten rumah, pengasuh, titip beli, penerjemah, kebun, potong "
                "rumput",
            ),
        ),
    ),
)
# fmt: on

LEAVES = {leaf.slug: leaf for group in GROUPS for leaf in group.leaves}


def load_categories() -> int:
    """Bring the table in step with the tree; done after every migrate. Returns how many rows it wrote.

    A category is never deleted here: products stand in it.
    """
    stored = {row.slug: row for row in Category.objects.all()}
    written = _write(
        [
            Category(slug=group.slug, name=group.name, icon=group.icon, position=place)
            for place, group in enumerate(GROUPS)
        ],
        stored,
    )
    groups = dict(Category.objects.filter(parent=None).values_list("slug", "id"))
    leaves = [
        Category(
            slug=leaf.slug,
            name=leaf.name,
            icon=leaf.icon,
            position=place,
            parent_id=groups[group.slug],
            kbli_codes=list(leaf.kbli_codes),
        )
        for group in GROUPS
        for place, leaf in enumerate(group.leaves)
    ]
    return written + _write(leaves, stored)


def _write(wanted: list[Category], stored: dict[str, Category]) -> int:
    fields = ("name", "icon", "position", "parent_id", "kbli_codes")
    changed = [
        row
        for row in wanted
        if row.slug not in stored
        or any(getattr(row, field) != getattr(stored[row.slug], field) for field in fields)
    ]
    Category.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name", "icon", "position", "parent", "kbli_codes"],
    )
    return len(changed)


def suggest_categories(product_name: str, *, limit: int = 3) -> list[str]:
    """Slugs of the categories that the words of a name speak for, the likeliest first.

    The longest phrase wins ("topi bambu" before "bambu"), then the word that stands first: Indonesian
    names the thing first and what it is made of afterwards ("keripik pisang" is no fruit).
    """
    words = re.findall(r"[a-z]+", product_name.lower())
    scores: dict[str, tuple[int, int, float]] = {}
    for phrase, slug in _PHRASES:
        found = _find(phrase, words)
        if found is not None:
            likeness, at = found
            score = (len(phrase), -at, likeness)
            scores[slug] = max(scores.get(slug, score), score)
    return sorted(scores, key=lambda slug: scores[slug], reverse=True)[:limit]


_PHRASES = [
    (tuple(phrase.split()), leaf.slug) for leaf in LEAVES.values() for phrase in leaf.words.split(", ")
]


def _find(phrase: tuple[str, ...], words: list[str]) -> tuple[float, int] | None:
    """How like the phrase what stands in the name is (1 or a little less for a slip), and where."""
    size = len(phrase)
    for at in range(len(words) - size + 1):
        part = words[at : at + size]
        if part == list(phrase):
            return 1.0, at
        if len(phrase[0]) >= 5 and size == 1 and fuzz.ratio(phrase[0], part[0]) >= 84:
            return 0.9, at
    return None
