"""Numbers and pages that span stages: the public page, the funnel, the people behind a loss. Owns no records."""
