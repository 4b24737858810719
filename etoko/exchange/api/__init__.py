"""The read API. Only whoever asks for it loads what is in here: see `views/api.py`."""
