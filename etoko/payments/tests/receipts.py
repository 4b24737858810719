"""Screenshots of payments as bank apps show them, drawn for tests."""

from io import BytesIO

from PIL import Image, ImageDraw

PHONE = (720, 1560)


def receipt(
    amount: str = "Rp29.873",
    when: str = "24 Nov 2026 10:15:22",
    ref: str = "9912 4471 0035",
    to: str = "KERUPUK BU RAHMA",
    colour: str = "#00529c",
) -> Image.Image:
    picture = Image.new("RGB", PHONE, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 720, 380), fill=colour)
    draw.ellipse((310, 120, 410, 220), fill="white")
    draw.text((360, 300), "Transfer Berhasil", fill="white", font_size=40, anchor="mm")
    draw.text((360, 450), amount, fill="black", font_size=64, anchor="mm")
    rows = [("Tanggal", when), ("Penerima", to), ("Bank", "BRI 0012 0100 0123 456"), ("No. Ref", ref)]
    for place, (name, value) in enumerate([*rows, ("Biaya", "Rp0"), ("Sumber", "SITI 8819")]):
        draw.text((60, 560 + 90 * place), name, fill="#5a5a5a", font_size=32)
        draw.text((660, 560 + 90 * place), value, fill="black", font_size=32, anchor="ra")
    draw.rounded_rectangle((60, 1380, 660, 1480), 20, fill=colour)
    draw.text((360, 1430), "Selesai", fill="white", font_size=36, anchor="mm")
    return picture


def as_file(picture: Image.Image, kind: str = "PNG", *, name: str = "bukti.png", **how: object) -> BytesIO:
    out = BytesIO()
    picture.save(out, kind, **how)
    out.seek(0)
    out.name = name
    return out
