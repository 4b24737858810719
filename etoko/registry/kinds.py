"""Kinds of business in plain words, and how a register or a person may write them.

A kind is what neighbours would call it; KBLI (`kbli.py`) is what the licence office calls it. The
words below are looked for in whatever a register wrote: first phrases, then whole words, then words
without affixes, then words with a slip of the pen. A word that says much ("kerupuk") counts more
than one that says little ("jual", "toko").
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

UNKNOWN_KIND = "unknown"


@dataclass(frozen=True)
class Kind:
    slug: str
    name: Promise
    icon: str
    """Name of a lucide icon."""
    phrases: str
    """Two or three words that mean this kind together, separated by commas."""
    words: str
    """Words that mean this kind alone."""
    weak: str = ""
    """Words that mean this kind only when nothing stronger is said."""


KINDS: tuple[Kind, ...] = (
    Kind(
        "makanan",
        _("Makanan olahan"),
        "cookie",
        "kue basah, kue kering, oleh oleh, makanan ringan, makanan kering, makanan olahan, olahan makanan,"
        " industri makanan, industri pangan, telur asin, tape uli, bumbu dapur, minyak goreng, gula aren,"
        " gula merah, ikan asin goreng, aneka kue, keripik pisang, es krim, olahan pisang, olahan singkong",
        "kerupuk krupuk kripik keripik kripk emping rengginang rangginang opak rempeyek peyek karak"
        " camilan cemilan snack snek kue kueh roti donat bolu brownies cookies bakery dodol wajik tempe"
        " tahu oncom tape peuyeum sambal sambel bumbu abon manisan selai jajan jajanan jajanpasar lapis"
        " onde klepon cilok cireng basreng seblak makaroni stik sagu rangginan kembang gorengan gemblong"
        " uli nugget frozen mie basah rambak kacang kuping intip getuk lumpia risol risoles pastel martabak"
        " terangbulan madu agar pangan cake singkong ubi lontong ketupat arem bakpia pempek otak siomay"
        " siomai batagor sosis",
        "makanan makan olahan",
    ),
    Kind(
        "minuman",
        _("Minuman"),
        "cup-soda",
        "air isi ulang, isi ulang air, isi ulang, air minum, air galon, teh poci, es teh, es buah, es"
        " kelapa, es degan, es jeruk, es dawet, es cendol, es campur, susu kedelai, susu segar, jus buah,"
        " kopi bubuk",
        "minuman minum jus juice kopi teh es cendol dawet cincau jamu wedang bajigur bandrek sirup sirop"
        " susu degan boba galon depot yoghurt yogurt soda kombucha sekoteng",
    ),
    Kind(
        "kuliner",
        _("Warung makan dan katering"),
        "utensils",
        "warung makan, rumah makan, warung nasi, nasi goreng, nasi uduk, nasi padang, nasi kuning, mie"
        " ayam, mi ayam, makan siang, makanan berat, makanan siap saji, ayam goreng, ayam bakar, ayam"
        " geprek, pecel lele, soto ayam, warung kopi, gado gado, lauk pauk, masakan padang, bubur ayam,"
        " ikan bakar, sate ayam, sate kambing, nasi liwet, warung bakso, nasi kucing, warung sate, warung"
        " soto, mie goreng",
        "kuliner kulier kulener katering catering ketering restoran resto kedai kafe cafe nasi bakso baso"
        " soto sate satai bubur gado pecel geprek bakmi mie mi wedangan angkringan hik masakan lauk warteg"
        " rames prasmanan rendang rawon gudeg tengkleng gulai gule lotek ketoprak karedok laksa tumpeng"
        " warkop pujasera kantin",
        "ayam lele goreng bakar",
    ),
    Kind(
        "anyaman",
        _("Anyaman"),
        "shopping-basket",
        "kerajinan anyaman, topi bambu, anyaman bambu, kerajinan bambu, topi anyaman, peci bambu, tas"
        " anyaman, kopiah bambu, tikar pandan, kerajinan pandan, kerajinan rotan",
        "anyaman anyam menganyam bambu pandan rotan mendong besek tampah kukusan bilik boboko nyiru tudung"
        " tikar eceng purun topi peci kopiah songkok caping",
    ),
    Kind(
        "kerajinan",
        _("Kerajinan lain"),
        "palette",
        "kerajinan tangan, kerajinan kayu, kerajinan kulit, hasil kerajinan, industri kreatif, buket"
        " bunga, hand made, daur ulang, papan nama, kain perca",
        "kerajinan krajinan kriya craft handycraft handicraft handmade souvenir suvenir sovenir rajut"
        " rajutan merajut sulam manik aksesoris asesoris aksesori accessories gerabah keramik tembikar ukir"
        " ukiran pigura lukis lukisan buket bucket hantaran mahar boneka sangkar wayang gitar dekorasi"
        " decoupage lilin pernak pernik cenderamata resin flanel sapu gypsum",
    ),
    Kind(
        "konveksi",
        _("Konveksi dan jahit"),
        "shirt",
        "jasa jahit, jasa menjahit, tukang jahit, terima jahitan, baju anak, pakaian jadi, toko baju, toko"
        " pakaian, produksi kaos, jual pakaian, sepatu kulit, sandal jepit, baju bekas, baju muslim",
        "konveksi konfeksi konpeksi jahit jahitan menjahit penjahit tailor taylor modiste bordir border"
        " busana baju pakaian kaos kaus fashion fesyen fashen gamis kerudung jilbab hijab mukena daster"
        " celana seragam garmen sablon tas sepatu sandal sendal dompet topeng vermak permak butik boutique"
        " distro collection rok kemeja jaket jeans kebaya sarung sprei seprai gorden gordyn korden bantal"
        " kasur",
    ),
    Kind(
        "batik",
        _("Batik dan kain"),
        "swatch-book",
        "batik tulis, batik cap, kain batik, kain tenun, tenun ikat, batik printing, toko kain, jual kain",
        "batik batek tenun menenun jumputan ecoprint shibori lurik tekstil kain songket",
    ),
    Kind(
        "warung",
        _("Warung dan toko"),
        "store",
        "warung kelontong, toko kelontong, toko sembako, warung sembako, kebutuhan pokok, kebutuhan sehari"
        " hari, bahan pokok, bahan makanan, gas elpiji, toko bangunan, bahan bangunan, pangkalan gas, toko"
        " mainan, alat tulis, peralatan rumah tangga, toko plastik, alat listrik, toko obat, jual beli, gas"
        " lpg, barang bekas, toko online, online shop, toko besi, rumah tangga, warung sayur, kebutuhan"
        " rumah tangga, sayur mayur, bahan kue, pasar tradisional, perdagangan eceran, minuman dan rokok,"
        " toko roti",
        "sembako sembakau kelontong klontong klontongan kelontongan minimarket supermarket toserba grosir"
        " eceran elpiji lpg gas beras rokok sabun plastik sayur sayuran buah pedagang perdagangan perdangan"
        " dagang berdagang bensin pertalite mainan kosmetik atk parfum rongsok rosok daging sembaku ikan"
        " bawang telor telur lapak agen distributor apotek herbal obat material elektronik kacamata",
        "warung warong wr wrg toko kios jual jualan menjual berjualan penjualan kelapa",
    ),
    Kind(
        "bengkel",
        _("Bengkel dan las"),
        "wrench",
        "bengkel motor, bengkel mobil, bengkel las, tambal ban, servis motor, service motor, cuci motor,"
        " cuci mobil, jasa service motor, ganti oli, las listrik, variasi motor, cuci steam, steam motor,"
        " spare part, suku cadang, servis mobil, cat mobil, pandai besi",
        "bengkel bengkal bingkel las ban oli sparepart onderdil otomotif montir aki pagar teralis tralis"
        " kanopi bubut dinamo knalpot motor mobil steam sepeda",
    ),
    Kind(
        "mebel",
        _("Mebel dan bangunan"),
        "armchair",
        "kusen pintu, batu bata, bata merah, alat rumah tangga kayu, pintu jendela, tukang kayu, tukang"
        " bangunan, paving blok",
        "mebel meubel mebeler mebelair furnitur furniture lemari kusen kursi meja kayu sofa dipan bata"
        " batako genteng paving gamping aluminium etalase interior triplek",
    ),
    Kind(
        "kecantikan",
        _("Kecantikan dan pangkas rambut"),
        "scissors",
        "potong rambut, pangkas rambut, rias pengantin, rias manten, tukang cukur, tata rias, make up,"
        " cukur rambut",
        "salon barbershop barber cukur pangkas rambut rias makeup mua kecantikan spa creambath facial"
        " pengantin kuku lulur skincare",
    ),
    Kind(
        "cetak",
        _("Percetakan, fotokopi, dan pulsa"),
        "printer",
        "foto copy, photo copy, cetak undangan, jual pulsa, konter hp, konter pulsa, counter hp, counter"
        " pulsa, servis hp, service hp, servis komputer, agen brilink, jasa pembayaran, token listrik, isi"
        " pulsa, digital printing",
        "percetakan pencetakan fotokopi fotocopy photocopy cetak printing sablonan undangan pulsa konter"
        " counter seluler celluler cellular ponsel cell cel hp warnet brilink ppob komputer kuota stempel"
        " banner spanduk",
    ),
    Kind(
        "pertanian",
        _("Pertanian dan tanaman"),
        "sprout",
        "tanaman hias, hasil tani, hasil bumi, bibit tanaman, jamur tiram, pupuk organik, kebun sayur,"
        " budidaya jamur, toko pertanian, bunga hias, sayur hidroponik, penggilingan padi",
        "pertanian petani tani agribisnis agrobisnis perkebunan kebun kebon padi gabah palawija hidroponik"
        " tanaman bibit benih pupuk jamur bunga toga jagung penggilingan hortikultura melon budidaya sawah"
        " selep",
    ),
    Kind(
        "peternakan",
        _("Peternakan"),
        "egg",
        "ternak ayam, ternak kambing, ternak sapi, telur asin mentah, ayam potong, ayam petelur, ayam"
        " kampung, pakan burung, burung kicau, pakan ternak, potong ayam, ternak bebek, ternak burung, sapi"
        " perah, telur bebek, telur ayam",
        "peternakan peternak ternak beternak kambing domba sapi bebek itik unggas puyuh kelinci burung"
        " jangkrik lebah pakan kerbau petelur broiler",
    ),
    Kind(
        "perikanan",
        _("Perikanan dan olahan ikan"),
        "fish",
        "ternak lele, budidaya lele, budidaya ikan, kolam ikan, olahan ikan, aneka olahan ikan, ikan asin,"
        " ikan kering, ikan hias, ikan segar, hasil laut, bandeng presto, petis udang, terasi udang, ternak"
        " ikan, kerupuk ikan, pakan ikan, bibit ikan, pemancingan ikan, bakso ikan, abon ikan",
        "perikanan nelayan bandeng udang lele nila gurame gurami terasi petis rebon cumi kolam pemancingan"
        " patin seafood teri pindang kepiting rajungan",
    ),
    Kind(
        "angkutan",
        _("Angkutan dan sewa"),
        "truck",
        "angkut barang, jasa angkut, jasa angkutan, sewa mobil, rental mobil, sewa tenda, sewa alat pesta,"
        " penyewaan perlengkapan acara, antar jemput, travel haji, ojek online, sewa sound, tenda"
        " pernikahan, rental motor, sound system, jasa pengiriman, jasa kirim",
        "angkutan angkut ojek ojeg travel sewa penyewaan persewaan menyewakan rental ekspedisi truk sopir"
        " tenda kurir becak bentor pindahan",
    ),
    Kind(
        "jasa",
        _("Jasa lain"),
        "hand-helping",
        "cuci baju, cuci pakaian, cuci setrika, bimbingan belajar, les privat, servis elektronik, service"
        " ac, servis ac, service tv, rumah kos, kos kosan, tukang pijat, sedot wc, servis kulkas, wisata"
        " alam",
        "laundry londri laundri loundry loundri lundry laundy binatu setrika pijat pijet urut bekam terapi"
        " fotografi foto video studio les privat kursus bimbel servis service reparasi kos indekos"
        " kontrakan wisata penginapan homestay sumur kebersihan desain arsitek notaris klinik bidan"
        " penitipan paud event sol",
        "jasa jasah jsa layanan melayani tukang terima online",
    ),
    Kind("lainnya", _("Usaha lain"), "circle-ellipsis", "", "pertambangan pengolahan", ""),
)
"""In the order in which people choose; the first wins a draw."""

KIND_BY_SLUG: dict[str, Kind] = {kind.slug: kind for kind in KINDS}
KIND_CHOICES: list[tuple[str, str | Promise]] = [
    *((kind.slug, kind.name) for kind in KINDS),
    (UNKNOWN_KIND, _("Tidak diketahui")),
]

_PHRASE, _WORD, _SLIP, _WEAK = 5, 3, 2, 1

_NO_SLIPS = frozenset("menyediakan menyiapkan anyar bakul membuat membeli usaha mikro aneka macam".split())
"""Common words that lie one slip beside a word above and mean something else."""


def kind_name(slug: str) -> str | Promise:
    """The word for people; of a kind that is not known "Tidak diketahui"."""
    kind = KIND_BY_SLUG.get(slug)
    return kind.name if kind else _("Tidak diketahui")


@lru_cache(maxsize=20_000)
def recognise_kind(text: str) -> str:
    """ "Kulier", "jual krupuk ikan", "Kerajinan Anyaman" → the slug of a kind; else "unknown".

    Of several the strongest sign wins, of equal ones the first in the text: registers name the main
    thing first ("makanan dan sembako").
    """
    words = _plain(text).split()
    best, best_score = UNKNOWN_KIND, 0
    position = 0
    while position < len(words):
        slug, score, length = _read_at(words, position)
        if score > best_score:
            best, best_score = slug, score
        position += length
    return best


def _read_at(words: list[str], position: int) -> tuple[str, int, int]:
    """What stands at this place: the kind, how strong a sign it is, how many words it takes."""
    for length in (4, 3, 2):
        phrase = " ".join(words[position : position + length])
        if position + length <= len(words) and phrase in _PHRASES:
            return _PHRASES[phrase], _PHRASE, length
    slug, score = _read_word(words[position])
    return slug, score, 1


@lru_cache(maxsize=20_000)
def _read_word(word: str) -> tuple[str, int]:
    for form in (word, *_without_affixes(word)):
        if form in _WORDS:
            return _WORDS[form], _WORD
        if form in _WEAK_WORDS:
            return _WEAK_WORDS[form], _WEAK
    # Short words have too many neighbours: "las" is one letter from "les", "mas", "gas".
    if len(word) >= 5 and word not in _NO_SLIPS:
        most = 1 if len(word) < 9 else 2
        found = process.extractOne(word, _LONG_WORDS, scorer=DamerauLevenshtein.distance, score_cutoff=most)
        # The first letter is hardly ever wrong, and asking for it keeps "rantang" from "rendang".
        if found and found[0][0] == word[0]:
            return _WORDS.get(found[0]) or _WEAK_WORDS[found[0]], _SLIP
    return UNKNOWN_KIND, 0


def _without_affixes(word: str) -> list[str]:
    """ "kerupuknya" → "kerupuk", "anyam-anyaman" is split before; only what registers really add."""
    forms = []
    for ending in ("nya", "an", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            forms.append(word.removesuffix(ending))
    for beginning in ("pe", "ber", "se"):
        if word.startswith(beginning) and len(word) - len(beginning) >= 5:
            forms.append(word.removeprefix(beginning))
    return forms


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]+", " ", plain).strip()


_PHRASES: dict[str, str] = {}
_WORDS: dict[str, str] = {}
_WEAK_WORDS: dict[str, str] = {}
for _kind in KINDS:
    for _phrase in _kind.phrases.split(","):
        if _phrase.strip():
            _PHRASES.setdefault(_phrase.strip(), _kind.slug)
    for _name in _kind.words.split():
        _WORDS.setdefault(_name, _kind.slug)
    for _name in _kind.weak.split():
        _WEAK_WORDS.setdefault(_name, _kind.slug)
_LONG_WORDS = [word for word in (*_WORDS, *_WEAK_WORDS) if len(word) >= 5]
