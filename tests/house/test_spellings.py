from tests.house.spellings import FINDERS, SIGNS


def test_every_spelling_is_found() -> None:
    for name, text in {
        "phone in the register": "0813-5557-7001|62813 5557 7001|wa.me/6281355577001|+62 (813) 555.77.001",
        "turnover": "Rp87.654.321|87654321|87,654,321.00|87 654 321",
        "her NIK": "9786452319786413|97864 52319|…2319786413",
        "birth": "1971-03-17|17 Maret 1971|17/03/1971|17-3-1971",
        "point on the map": "-6.312987|6,312987|lat=-6.3129",
    }.items():
        for spelling in text.split("|"):
            assert FINDERS[name](spelling, SIGNS.sub("", spelling)), spelling
    assert not FINDERS["her NIK"]("••••6413", "••••6413")
    assert not FINDERS["phone in the register"]("0813-••••-•001", "0813-••••-•001")
