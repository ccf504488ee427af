"""What every test may use."""

import os

# The model libraries look at these when they are imported: no test reaches for the network.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
