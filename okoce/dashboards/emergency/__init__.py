"""Access that an officer opens for herself for some minutes, with a reason that others read at once; and what was done within."""
