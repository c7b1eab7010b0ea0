"""Questions to the pipeline, by noun: journeys, evidence waiting, members by stage."""
