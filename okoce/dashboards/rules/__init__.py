"""The secretariat's editor of the programme's rules: what holds where and when, and whom a change would touch."""
