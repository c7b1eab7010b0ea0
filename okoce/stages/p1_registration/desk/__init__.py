"""The officer's desk: search first, then one screen that registers a person a minute, also through a short loss of network."""
