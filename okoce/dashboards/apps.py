from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "okoce.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from okoce.community.organisations.board_notes import register_boards
        from okoce.community.organisations.target_notes import register_targets
        from okoce.dashboards import policies  # noqa: F401  (registers the row rule)
        from okoce.dashboards.first_steps.steps import landing_of
        from okoce.dashboards.scoreboard.notes import board_told
        from okoce.dashboards.targets.noting import targets_told
        from okoce.foundation.accounts.destinations import register_landing

        register_landing(landing_of)
        register_boards(board_told)
        register_targets(targets_told)
