"""Makes the two movements that the other parts ask: a large one and a small one; measures how fast they come."""

import time
from collections.abc import Iterator

from bench.figures import Figure, Sample
from bench.plan import Plan
from bench.site import Site


def measure(plan: Plan) -> Iterator[Figure]:
    rates = {}
    for name, members in (("few", plan.few), ("many", plan.many)):
        site = Site(plan.place(name))
        site.prepare()
        with site.database() as database:
            (already,) = database.execute("SELECT count(*) FROM members_member").fetchone() or (0,)
            if already >= members:
                continue
            began = time.perf_counter()
            site.okoce("demo", "generate", "--members", str(members - already))
            rates[name] = (members - already) / (time.perf_counter() - began)
    if "many" in rates:
        figure = Figure("generate", f"made-up movement of {plan.many:,}", "/s", Sample((rates["many"],)))
        figure.note = "members with their histories, by COPY, through the triggers"
        yield figure
