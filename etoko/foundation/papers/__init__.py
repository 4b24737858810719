"""Papers: a typst template of a room and plain facts become a PDF. Call `papers.render_paper`.

A room keeps its templates in `etoko/ROOM/papers/NAME.typ`; each begins with

    #import "/foundation/papers/style.typ": *
    #show: paper.with(facts)

and reads `facts`, a dictionary of texts, numbers and lists that `render_paper` hands it; `style.typ` has the
look of all papers (head of the shop, table of lines, sums, signature, QR). Money and days are handed over as
texts: the filters of the product say them, not typst. Nothing comes from outside: typst's own fonts, no
packages, no network. `pdf_response` answers a request with the file.
"""

from etoko.foundation.papers.rendering import pdf_response, render_paper

__all__ = ["pdf_response", "render_paper"]
