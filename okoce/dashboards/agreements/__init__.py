"""What was delivered under an agreement, counted from records of partners and stages; nothing of it is typed in."""
