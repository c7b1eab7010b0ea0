"""The only audit trail and the outbox: one `record` writes both, in the transaction of the deed."""
