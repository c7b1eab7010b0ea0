"""The list of people: narrowed, in order, for a batch action or as a file; and how long people wait before which stage."""
