"""The WSGI application that granian serves."""

import gc
import multiprocessing
import os
import sys

from django.core.wsgi import get_wsgi_application

from okoce.config.few_threads import FewThreads
from okoce.config.parent import end_with_parent
from okoce.foundation.shared.jobs import find_jobs

if (server := multiprocessing.parent_process()) is not None:
    end_with_parent(server.pid)  # a worker process of a server that was killed would keep the port

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okoce.config.settings")
# A thread that comes back from the database waits for one that computes no longer than this. With the usual 5 ms, up to a
# dozen times in one answer, the slowest answers took a sixth longer (p95 of registering, medians of short runs: 109 ms, then 91).
sys.setswitchinterval(0.0005)
application = FewThreads(get_wsgi_application())
find_jobs()
gc.freeze()  # as in web.py, where this is not served by it
