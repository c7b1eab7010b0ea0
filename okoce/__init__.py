"""OK OCE's platform: from registration to capital, in seven stages."""
