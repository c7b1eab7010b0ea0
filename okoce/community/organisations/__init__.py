"""What komunitas and mitra have in common, without tables of its own: texts that are required, where one works, a dated checklist
before anybody is validated, people who serve for a term and have a grant as long."""
