"""The WSGI application that granian serves."""

import multiprocessing
import os

from django.core.wsgi import get_wsgi_application

from okoce.config.parent import end_with_parent

if (server := multiprocessing.parent_process()) is not None:
    end_with_parent(server.pid)  # a worker process of a server that was killed would keep the port

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okoce.config.settings")
application = get_wsgi_application()
