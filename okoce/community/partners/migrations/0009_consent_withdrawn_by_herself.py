"""When a member herself took her consent to a referral back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0008_first_referral_text'),
    ]

    operations = [
        migrations.AddField(
            model_name='referral',
            name='consent_withdrawn_since',
            field=models.DateTimeField(null=True),
        ),
    ]
