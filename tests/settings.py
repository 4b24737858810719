"""The settings of the product, in a data folder of their own, with what makes tests fast and alike."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Each process of a test run gets its own folder for database, pictures and cache, whatever folder the
# tester works in; it must be known before the settings are read.
_parent = os.environ.get("ETOKO_DATA_DIR")
if _parent:
    Path(_parent).mkdir(parents=True, exist_ok=True)
os.environ["ETOKO_DATA_DIR"] = tempfile.mkdtemp(prefix="etoko-test-", dir=_parent)
atexit.register(shutil.rmtree, os.environ["ETOKO_DATA_DIR"], ignore_errors=True)

# What the processes of one run of `dev.py test` share: the schema (tests/schema.py), and compiled pages.
# Folder and PostgreSQL are gone with the run, so nobody comes across the schema of an earlier one.
_together = os.environ.get("ETOKO_TEST_RUN")
RUN_DIR = Path(_together) if _together else None
if RUN_DIR:
    (RUN_DIR / "compiled").mkdir(exist_ok=True)
    Path(os.environ["ETOKO_DATA_DIR"], "compiled").symlink_to(RUN_DIR / "compiled")

from etoko.config.settings import *  # noqa: E402, F403
from etoko.config.settings import DATA_DIR, DATABASE_URL, DATABASES  # noqa: E402

if not DATABASE_URL:
    # The very file that a server started on this folder would use: the journeys start one.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "etoko.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

# Sealing a passphrase is slow on purpose; here only that it is sealed matters.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CODE_CHANNEL = "tests.codes.ListChannel"
