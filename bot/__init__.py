"""Moot: a discussion partner that reads each message once and drafts from what it noted."""
