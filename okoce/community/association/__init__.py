"""The association itself (Perkumpulan Gerakan OK OCE): branches, who holds which office for which term, and what its people do for
the komunitas. An office gives no right: grants stay the only source of rights (ADR 0029)."""
