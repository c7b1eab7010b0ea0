"""Mounts the features' operations on the API of version 1."""

from okoce.dashboards.api import router as public
from okoce.dashboards.own.api import router as verification
from okoce.foundation.api.shell import make_api
from okoce.pipeline.api import router as members
from okoce.stages.p1_registration.api import router as registration

api = make_api()
api.add_router("/public", public)
api.add_router("/public", verification)
api.add_router("/members", registration)
api.add_router("/members", members)
