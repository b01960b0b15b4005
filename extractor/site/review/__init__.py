"""Review in the browser: who may (`gate`), and the corrections that are read and written (`desk`).

Only where `extractor serve --review` turned it on; else none of its pages is there. The database stays
read-only: what is said goes to the file of corrections.
"""
