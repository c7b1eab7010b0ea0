from django.db import migrations, models
from django.db.models import BigIntegerField, F, Func, Q, TextField, Value
from django.db.models.functions import Cast, Length
from django.db.models.lookups import Exact

DAY = Func(F("birth_on"), template="(%(expressions)s - DATE '2000-01-01')::bigint", output_field=BigIntegerField())
NAMESAKE = Func(F("name_key"), DAY, function="hashtextextended", output_field=BigIntegerField())
DIGITS = Func(Func(F("number"), Value("-"), Value(2), function="split_part", output_field=TextField()), Value("0"), function="ltrim", output_field=TextField())
IS_DISTRICT = Exact(Length(F("region")), Value(8))


class Migration(migrations.Migration):
    """Every new person costs two indexes less: namesakes are found by one number instead of a name and a day, and that a
    member's number is nobody else's follows from its being made of the record's id. And a home is a kecamatan: that the sums
    of different widths never meet rests on it."""

    dependencies = [("members", "0006_home_is_the_members_row")]

    operations = [
        migrations.RemoveConstraint(model_name="member", name="members_member_number"),
        migrations.RemoveIndex(model_name="member", name="members_member_birth"),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(NAMESAKE, condition=Q(birth_on__isnull=False), name="members_member_namesake"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=Exact(DIGITS, Cast(F("id"), TextField())), name="members_member_number_of_id"
            ),
        ),
        *(
            migrations.AddConstraint(
                model_name=model,
                constraint=models.CheckConstraint(condition=IS_DISTRICT, name=f"members_{model}_district"),
            )
            for model in ("member", "residence")
        ),
    ]
