"""The pictures in docs/architecture show the code as it is."""

from etoko.foundation.drawings import FOLDER, drawings


def test_committed_drawings_are_in_step_with_the_code() -> None:
    committed = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.svg")}
    assert committed == drawings(), "python3 dev.py docs draws them anew"


def test_the_order_is_drawn_with_its_states_and_moves() -> None:
    order = drawings()["flow-order.svg"]
    assert "awaiting_confirmation" in order and "Menunggu konfirmasi" in order
    assert "confirm_received" in order and "Sudah saya terima" in order
