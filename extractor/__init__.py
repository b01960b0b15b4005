"""Official notices (公文) into clauses, duties, targets, sums and citations that can be queried."""

__version__ = "0.1.0"
