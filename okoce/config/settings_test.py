"""Settings of the tests: a throw-away PostgreSQL of their own, fast hashing, nothing compressed."""

import os
from pathlib import Path

from okoce.foundation.postgres import testing

os.environ.setdefault("DATABASE_URL", testing.database_url(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("OKOCE_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("OKOCE_ENCRYPTION_KEYS", "1:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
os.environ.setdefault("OKOCE_HASH_KEY", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=")
os.environ.setdefault("OKOCE_SIGNING_KEYS", "1:" + "MjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM=")

from okoce.config.settings import *  # noqa: F403, TID251  (the settings, with the changes below)

# What a test writes need not outlive the machine: no commit waits for the disk.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"  # type: ignore[index]  # noqa: F405  (a dict of our making)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DEMO = "none"
# Tests of rights are about rights; those of the second factor switch it on.
OKOCE_SECOND_FACTOR = False
# Straight from the source folders: nothing is collected before tests.
STATIC_ROOT: Path | None = None  # type: ignore[no-redef]  # of the settings it is a Path
WHITENOISE_USE_FINDERS = True
