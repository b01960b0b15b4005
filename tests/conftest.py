"""What all tests share."""

import os

from hypothesis import settings

# No test is timed: a slow machine is no failure.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Messages are compared in English, whatever the locale of who runs the tests; programs that they begin inherit it.
os.environ["EXTRACTOR_LANG"] = "en"
