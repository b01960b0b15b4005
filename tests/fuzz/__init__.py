"""Damaged files without end: every reader under mutated samples, in a process under limits, as in production.

`python -m tests.fuzz pdf --minutes 20`; what is found is made small and kept in found/, where a test reads it.
"""
