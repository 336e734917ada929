"""The archive for programs: JSON under /api/v1, in the shapes of the command line's `--json`."""
