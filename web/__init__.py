"""The archive in a browser and over HTTP, read-only."""
