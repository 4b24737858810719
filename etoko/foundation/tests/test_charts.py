from etoko.foundation.charts import Series, bar_chart, line_chart


def test_every_figure_of_a_chart_stands_in_its_table() -> None:
    chart = line_chart("Pesanan", ["Jan", "Feb"], [Series("2026", [3, 12]), Series("2025", [1500])])
    assert "<td" in chart
    for cell in ('<th scope="row">Jan</th>', ">3</td>", ">12</td>", ">1.500</td>"):
        assert cell in chart


def test_names_cannot_bring_code_into_a_chart() -> None:
    chart = bar_chart("Terlaris", [("<script>alert(1)</script>", 3)])
    assert "<script" not in chart
    assert "&lt;script&gt;" in chart


def test_a_chart_without_sales_is_flat_and_not_an_error() -> None:
    assert "M0 0h0.0v1" in bar_chart("Terlaris", [("Kerupuk", 0)])
    assert "<svg" in line_chart("Pesanan", [], [Series("2026", [])])


def test_the_longest_bar_fills_its_row_and_the_others_follow_in_proportion() -> None:
    chart = bar_chart("Terlaris", [("Kerupuk", 40), ("Emping", 10)])
    assert "M0 0h100.0v1" in chart
    assert "M0 0h25.0v1" in chart
