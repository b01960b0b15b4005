"""The comparison of notices: topics, aligned clauses, common wording, tables side by side.

Reads the database and writes the tables `topics`, `clause_topics`, `clause_pairs` and `compared`; it imports
no stage of the pipeline.
"""
