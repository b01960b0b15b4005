"""The comparison of notices: topics, aligned clauses, common wording, tables side by side.

Reads the database and writes the tables that hold comparisons (topics, pairs, runs, works, facts, gaps) and
the findings of works; it imports no stage of the pipeline.
"""
