"""What komunitas and mitra have in common: the one public form by which they apply, how many a number may send and how long its
contact is kept, texts that are required, where one works, a dated checklist before anybody is validated, people who serve for a
term and have a grant as long."""
