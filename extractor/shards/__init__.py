"""Beyond one machine: tasks of a cluster write what they read as Parquet, and a database is made of that.

A set is a folder, local or on other storage, with one Parquet data set a table of the contract
(documents/part-*.parquet, clauses/part-*.parquet …), which DuckDB and others can ask as it is. What only the
whole knows (cited documents, totals, comparisons) is not in it: `merge` adds that, as an ingest would.
"""
