"""Who may do what on which rows: permissions, roles, scope, the policy registry and the one door. No tables."""
