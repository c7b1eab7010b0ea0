"""Messages that a demo shows instead of sending them."""

from okoce.demo.models import DemoMessage
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, tells, told_rows

may_name("demo.DemoMessage", "text")


@tells("demo_messages", "demo.DemoMessage")
def _(person: Person) -> object:
    return told_rows(DemoMessage.objects.filter(phone__in=person.phones))


@forgets("demo.DemoMessage")
def _(person: Person) -> None:
    DemoMessage.objects.filter(phone__in=person.phones).delete()
