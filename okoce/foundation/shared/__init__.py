"""No tables, no domain words: base model, errors, days, keys, state machine, job decorator."""
