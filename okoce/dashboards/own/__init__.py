"""The member's own pages at /saya, and the public's question whether a card is genuine."""
