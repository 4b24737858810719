"""What stands behind dev.py: environment, running, checking, testing.

Everything here uses the standard library only, because it has to work before anything is installed;
`preparing.py` and `postgres.py` alone are called from inside the environment.
"""
