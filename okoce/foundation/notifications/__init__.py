"""Messages to people: one outbox, its channels, the words of each kind of message by version, and what became of each message.

A feature writes `send(...)` in its own transaction; the worker sends. Who a member is and how she is reached is told by a port
(`recipients`), since members stand above. ADR 0026.
"""
