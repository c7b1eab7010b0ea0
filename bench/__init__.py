"""Measures what the programme promises, each figure beside its ceiling in the same run. `make bench`; see docs/benchmarks.md."""
