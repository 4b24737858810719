import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")

_django = get_wsgi_application()

# Settings are read by then: only now can what stands on them be imported.
from etoko.foundation.generation import public_generation  # noqa: E402
from etoko.foundation.pagecache import PageCache  # noqa: E402

# A worker that was killed between its commit and its word to the others leaves old pages behind; the one
# that takes its place begins by outdating them.
public_generation().change()
application = PageCache(_django)

# What a worker has loaded by now it keeps for life. Where the collector walks it all again and again, an
# answer waits for a tenth of a second each time (docs/decisions/stock.md).
get_resolver().url_patterns  # noqa: B018  loads the pages' addresses, and all that stands behind them
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
