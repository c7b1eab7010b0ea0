"""The page of a mitra for its own officers: how it stands, what it promised and delivered, who waits for it."""
