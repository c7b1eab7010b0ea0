"""What the public tells: impostors, complaints and questions. A ticket has a clock and is answered in the open to its sender
(ADR 0028)."""
