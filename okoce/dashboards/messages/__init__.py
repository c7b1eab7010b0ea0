"""Messages on the desk: one's own, those that wait for a volunteer's hand, what became of all of them, and their words; and the
occasions that span features."""
