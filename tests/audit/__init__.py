"""What stands behind the program: known vulnerabilities and licences of what it needs, and its own wheel.

`make audit` runs it (`python -m tests.audit`).
"""
