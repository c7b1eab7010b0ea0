"""The desk's pages about duplicates: the queue, two records side by side, merges that can still be undone."""
