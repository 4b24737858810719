"""What stands behind dev.py: environment, running, checking, testing.

Everything here uses the standard library only, because it has to work before anything is installed;
`postgres.py` alone is called from inside the environment.
"""
