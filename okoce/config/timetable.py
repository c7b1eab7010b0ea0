"""The one timetable of periodic jobs: cron line (the sixth field is seconds), job, why then."""

from procrastinate import App

from okoce.foundation.shared.jobs import register_jobs, schedule_job

TIMETABLE: dict[str, str] = {
    "pipeline.fold_tallies": "* * * * * */5",  # counts are exact without it; this keeps reading them quick
    "events.react_to_gathered": "* * * * * */5",  # facts that come by the hundred a second
    "pipeline.place_people": "* * * * * */5",  # whom a mass deed touched; the list says so until then
    "notifications.send_waiting": "* * * * * */5",  # what was written down goes out within seconds
    "config.retry_stalled_jobs": "* * * * * */15",  # a killed worker's jobs run again within half a minute
    "pipeline.end_stalled_batches": "*/5 * * * *",  # after the last try that failed
    "registration.end_stalled_imports": "*/5 * * * *",  # likewise
    "members.look_for_duplicates_again": "*/10 * * * *",  # pairs that came in at the same moment
    "api.forget_old_answers": "20 * * * *",  # kept for 24 hours, so hourly is close enough
    "accounts.forget_sign_in_attempts": "40 * * * *",  # personal traces, kept only as long as they count
    "verification.forget_old_counts": "50 * * * *",  # who asked is kept no longer than it counts
    "registration.purge_import_files": "30 19 * * *",  # at 02.30 WIB; files of imports are kept thirty days
    "registration.forget_desk_submissions": "40 19 * * *",  # at 02.40 WIB; kept a week, so that what waited on a laptop comes once
    "registration.forget_drafts": "50 * * * *",  # a draft goes within the hour in which its time is over
    "pipeline.forget_old_merges": "50 19 * * *",  # at 02.50 WIB; a merge can be undone for thirty days
    "pipeline.forget_old_batches": "45 19 * * *",  # at 02.45 WIB; an officer's lists of occasions are kept a week
    "organisations.forget_filed": "45 * * * *",  # within the hour in which it counts no more
    "groups.forget_applicants": "20 20 * * *",  # at 03.20 WIB; by the terms of applications
    "partners.forget_applicants": "25 20 * * *",  # at 03.25 WIB; likewise
    "partners.keep_referral_clock": "15 1-9 * * *",  # by day (WIB); days change at night, a fault is made up for within the hour
    "privacy.forget_old_looks": "0 20 * * *",  # at 03.00 WIB; kept for the days that the term says
    "privacy.forget_office_names": "5 20 * * *",  # at 03.05 WIB; kept for the days that the term says
    "privacy.carry_out_erasures": "15 * * * *",  # who asked to be erased and did not think better of it, within the hour
    "tickets.keep_clocks": "*/5 * * * *",  # whose time has run out goes one level up within five minutes
    "tickets.forget_old": "25 * * * *",  # networks within the hour in which they count no more, tickets by the term
    "notifications.review_by_hand": "35 * * * *",  # who stopped or left; their links vanish at once, the rest within the hour
    "notifications.forget_old_messages": "5 20 * * *",  # at 03.05 WIB; kept for the days that the term says
    "dashboards.tell_of_standstills": "0 2-9 * * *",  # by day (WIB), some thousands an hour
    "dashboards.tell_of_agreements": "0 1 * * *",  # at 08.00 WIB
    "dashboards.look_for_silences": "55 * * * *",  # how many are quiet stands in the menu, at most an hour old
    "dashboards.tell_of_silences": "10 1 * * *",  # at 08.10 WIB, by a look of its own
    "association.tell_of_tenures": "5 1 * * *",  # at 08.05 WIB
    "dashboards.purge_exports": "50 * * * *",  # kept for 24 hours, so hourly is close enough
    "config.delete_old_jobs": "10 20 * * *",  # at 03.10 WIB (the clock is UTC), when few are here
}


def schedule(app: App) -> None:
    """Make every job and reaction of the house known to the worker, and put the periodic ones on the clock."""
    register_jobs(app)
    for name, cron in TIMETABLE.items():
        schedule_job(app, name, cron)
