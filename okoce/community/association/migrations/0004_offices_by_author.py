"""Which offices there are is decided by somebody named, and none is deleted."""

from django.db import migrations

GUARDED = """
CREATE TRIGGER association_position_never_deleted BEFORE DELETE ON association_position
  FOR EACH ROW EXECUTE FUNCTION association_never_deleted();
CREATE TRIGGER association_position_author BEFORE INSERT OR UPDATE ON association_position
  FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();
"""
DROPPED = (
    "DROP TRIGGER association_position_author ON association_position;"
    " DROP TRIGGER association_position_never_deleted ON association_position;"
)


class Migration(migrations.Migration):
    dependencies = [("association", "0003_notices_of_tenures"), ("events", "0002_append_only")]
    operations = [migrations.RunSQL(GUARDED, DROPPED)]
