"""PostgreSQL's own extensions; the owner of a database may create each of them (they are "trusted")."""

from django.contrib.postgres.operations import BtreeGinExtension, BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [BtreeGistExtension(), BtreeGinExtension(), TrigramExtension(), UnaccentExtension()]
