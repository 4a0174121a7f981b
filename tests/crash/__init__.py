"""Crash safety: the bot is killed again and again, and what it keeps is held against the truth.

`python -m tests.crash --rounds 200 --seed 7` does what the gate does in 20 rounds.
"""
