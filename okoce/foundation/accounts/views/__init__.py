"""Pages of sign-in and of one's own account. Those over allauth's views keep its names, since it looks for them by name."""
