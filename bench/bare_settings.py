"""The site's settings without its middleware, for the ceiling of a write."""

from okoce.config.settings import *  # noqa: F403, TID251  (the same, with the changes below)

ROOT_URLCONF = "bench.bare_site"
# allauth starts with none without its own
MIDDLEWARE = ["okoce.config.health.HealthMiddleware", "allauth.account.middleware.AccountMiddleware"]
