"""The public page of a programme: where it holds, what it offers, how far its people are, and its targets."""
