import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etoko.config.settings")

_django = get_wsgi_application()

# Settings are read by then: only now can what stands on them be imported.
from etoko.foundation.generation import public_generation  # noqa: E402
from etoko.foundation.pagecache import PageCache  # noqa: E402

# A worker that was killed between its commit and its word to the others leaves old pages behind; the one
# that takes its place begins by outdating them.
public_generation().change()
application = PageCache(_django)
