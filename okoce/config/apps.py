from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "okoce.config"
    label = "config"

    def ready(self) -> None:
        """The last app of the list: every other one is ready."""
        from procrastinate.contrib.django import app

        from okoce.config.codes import wire_sign_in
        from okoce.config.desk import lay_out_desk
        from okoce.config.logs import configure_logs
        from okoce.config.timetable import schedule

        configure_logs()
        schedule(app)
        lay_out_desk()
        wire_sign_in()
