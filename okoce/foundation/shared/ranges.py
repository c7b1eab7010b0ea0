"""Periods in constraints: a row's from-day and until-day (not included) as a range of the database."""

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()
