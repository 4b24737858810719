"""What a page fails with can be read where the server runs."""

import logging

from django.conf import settings


def test_a_page_that_fails_tells_the_console_why() -> None:
    logger = logging.getLogger("django.request")
    assert not settings.DEBUG
    assert logging.StreamHandler in {type(handler) for handler in logger.handlers}
    assert logger.isEnabledFor(logging.ERROR)
