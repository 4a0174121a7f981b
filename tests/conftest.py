"""What holds for all tests."""

import signal

# A shell that starts a script in the background has SIGINT ignored there, and whoever the script
# starts inherits that: then no test could stop the moot that it has started.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
