#!/usr/bin/env python
"""Django's own entry point; `okoce <command>` does the same after finding the database."""

from okoce.config.commandline import main

if __name__ == "__main__":
    main()
