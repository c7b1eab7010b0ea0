"""A person's rights over her own data (UU 27/2022): who looked at it, her NIK in full, taking it along, having it erased.

Words: a *look* is an officer's opening of one person's page; *unmasking* shows a NIK in full, once, for a written reason.
What each feature holds about a person it tells and forgets itself, through the register in `foundation/personal`.
"""
