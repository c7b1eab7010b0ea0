"""What waits for a hand waits until a day; by now every row that does has one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0008_who_sends_what'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'by_hand'), _negated=True), ('hand_until__isnull', False), _connector='OR'), name='notifications_message_hand_ends'),
        ),
    ]
