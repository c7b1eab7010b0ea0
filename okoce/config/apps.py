from functools import partial

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "okoce.config"
    label = "config"

    def ready(self) -> None:
        """The last app of the list: every other one is ready."""
        from django.utils.module_loading import autodiscover_modules

        from okoce.config.codes import wire_sign_in
        from okoce.config.desk import lay_out_desk
        from okoce.config.logs import configure_logs
        from okoce.config.messaging import wire_messages
        from okoce.foundation.shared.jobs import find_jobs_by

        configure_logs()
        find_jobs_by(partial(autodiscover_modules, "jobs", "reactions"))
        lay_out_desk()
        wire_sign_in()
        wire_messages()
