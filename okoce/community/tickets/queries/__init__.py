"""Questions about tickets: for the sender, for the desk, and how the desk stands."""
