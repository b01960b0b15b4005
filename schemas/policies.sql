CREATE TABLE "jurisdictions" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "short_name" TEXT NOT NULL,
  "level" TEXT NOT NULL,
  "parent_id" TEXT REFERENCES "jurisdictions" ("id"),
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_jurisdictions_parent_id"
    ON "jurisdictions" ("parent_id");

CREATE INDEX "idx_jurisdictions_name"
    ON "jurisdictions" ("name");

CREATE INDEX "idx_jurisdictions_short_name"
    ON "jurisdictions" ("short_name");

CREATE TABLE "programs" (
  "id" TEXT NOT NULL,
  "version" TEXT NOT NULL,
  "python" TEXT NOT NULL,
  PRIMARY KEY ("id")
);

CREATE TABLE "program_parts" (
  "program_id" TEXT NOT NULL REFERENCES "programs" ("id"),
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  PRIMARY KEY ("program_id", "kind", "name")
);

CREATE TABLE "documents" (
  "id" TEXT NOT NULL,
  "title" TEXT,
  "kind" TEXT,
  "status" TEXT NOT NULL,
  "doc_number" TEXT,
  "issuers" TEXT NOT NULL,
  "jurisdiction_id" TEXT REFERENCES "jurisdictions" ("id"),
  "issued_on" TEXT,
  "effective_from" TEXT,
  "effective_until" TEXT,
  "validity_quote" TEXT,
  "source_name" TEXT NOT NULL,
  "source_sha256" TEXT NOT NULL,
  "media_type" TEXT NOT NULL,
  "page_count" INTEGER,
  "text" TEXT NOT NULL,
  "program_id" TEXT REFERENCES "programs" ("id"),
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_documents_jurisdiction_id_status_effective_until_effective_from_issued_on"
    ON "documents" ("jurisdiction_id", "status", "effective_until", "effective_from", "issued_on");

CREATE INDEX "idx_documents_doc_number_id"
    ON "documents" ("doc_number", "id");

CREATE INDEX "idx_documents_title_id"
    ON "documents" ("title", "id");

CREATE INDEX "idx_documents_source_sha256"
    ON "documents" ("source_sha256");

CREATE INDEX "idx_documents_source_name"
    ON "documents" ("source_name");

CREATE INDEX "idx_documents_issued_on"
    ON "documents" ("issued_on");

CREATE INDEX "idx_documents_effective_until"
    ON "documents" ("effective_until");

CREATE INDEX "idx_documents_program_id"
    ON "documents" ("program_id");

CREATE INDEX "idx_documents_id_jurisdiction_id"
    ON "documents" ("id", "jurisdiction_id");

CREATE TABLE "clauses" (
  "id" TEXT NOT NULL,
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "parent_id" TEXT REFERENCES "clauses" ("id"),
  "position" INTEGER NOT NULL,
  "depth" INTEGER NOT NULL,
  "ref" TEXT NOT NULL,
  "level" TEXT NOT NULL,
  "marker" TEXT,
  "number" INTEGER,
  "heading" TEXT,
  "text" TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "subtree_end" INTEGER NOT NULL,
  "page_from" INTEGER,
  "page_to" INTEGER,
  "inferred" INTEGER NOT NULL,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_clauses_document_id_position"
    ON "clauses" ("document_id", "position");

CREATE INDEX "idx_clauses_parent_id"
    ON "clauses" ("parent_id");

CREATE TABLE "units" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "canonical_name" TEXT NOT NULL,
  "sector" TEXT NOT NULL,
  "jurisdiction_id" TEXT REFERENCES "jurisdictions" ("id"),
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_units_jurisdiction_id"
    ON "units" ("jurisdiction_id");

CREATE INDEX "idx_units_sector"
    ON "units" ("sector");

CREATE INDEX "idx_units_canonical_name"
    ON "units" ("canonical_name");

CREATE INDEX "idx_units_name"
    ON "units" ("name");

CREATE TABLE "responsibilities" (
  "id" TEXT NOT NULL,
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "unit_id" TEXT NOT NULL REFERENCES "units" ("id"),
  "role" TEXT NOT NULL,
  "basis" TEXT NOT NULL,
  "position" INTEGER NOT NULL,
  "quote" TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "rule" TEXT NOT NULL,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_responsibilities_clause_id_unit_id_role"
    ON "responsibilities" ("clause_id", "unit_id", "role");

CREATE INDEX "idx_responsibilities_unit_id_role"
    ON "responsibilities" ("unit_id", "role");

CREATE TABLE "clause_links" (
  "from_clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "to_clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "kind" TEXT NOT NULL,
  "score" NUMERIC NOT NULL,
  PRIMARY KEY ("from_clause_id", "to_clause_id", "kind")
);

CREATE INDEX "idx_clause_links_to_clause_id"
    ON "clause_links" ("to_clause_id");

CREATE TABLE "targets" (
  "id" TEXT NOT NULL,
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "indicator" TEXT,
  "comparator" TEXT NOT NULL,
  "value" NUMERIC NOT NULL,
  "value_high" NUMERIC,
  "unit" TEXT NOT NULL,
  "normal_value" NUMERIC,
  "deadline" TEXT,
  "scope" TEXT,
  "quote" TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "rule" TEXT NOT NULL,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_targets_clause_id"
    ON "targets" ("clause_id");

CREATE INDEX "idx_targets_indicator"
    ON "targets" ("indicator");

CREATE INDEX "idx_targets_deadline"
    ON "targets" ("deadline");

CREATE TABLE "amounts" (
  "id" TEXT NOT NULL,
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "kind" TEXT NOT NULL,
  "action" TEXT,
  "comparator" TEXT NOT NULL,
  "value" NUMERIC NOT NULL,
  "value_high" NUMERIC,
  "unit" TEXT NOT NULL,
  "per" TEXT,
  "period" TEXT,
  "beneficiary" TEXT,
  "purpose" TEXT,
  "payer" TEXT,
  "quote" TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "rule" TEXT NOT NULL,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_amounts_clause_id"
    ON "amounts" ("clause_id");

CREATE INDEX "idx_amounts_purpose"
    ON "amounts" ("purpose");

CREATE INDEX "idx_amounts_action"
    ON "amounts" ("action");

CREATE TABLE "durations" (
  "id" TEXT NOT NULL,
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "subject" TEXT,
  "action" TEXT,
  "comparator" TEXT NOT NULL,
  "value" NUMERIC NOT NULL,
  "value_high" NUMERIC,
  "unit" TEXT NOT NULL,
  "beneficiary" TEXT,
  "quote" TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "rule" TEXT NOT NULL,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_durations_clause_id"
    ON "durations" ("clause_id");

CREATE INDEX "idx_durations_subject"
    ON "durations" ("subject");

CREATE TABLE "deadlines" (
  "id" TEXT NOT NULL,
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "due" TEXT NOT NULL,
  "task" TEXT,
  "quote" TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "rule" TEXT NOT NULL,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_deadlines_clause_id"
    ON "deadlines" ("clause_id");

CREATE INDEX "idx_deadlines_due"
    ON "deadlines" ("due");

CREATE TABLE "numbers" (
  "id" TEXT NOT NULL,
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "quote" TEXT NOT NULL,
  "value" NUMERIC,
  "class" TEXT NOT NULL,
  "record_id" TEXT,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_numbers_document_id_start"
    ON "numbers" ("document_id", "start");

CREATE INDEX "idx_numbers_clause_id"
    ON "numbers" ("clause_id");

CREATE TABLE "citations" (
  "id" TEXT NOT NULL,
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "title" TEXT,
  "doc_number" TEXT,
  "relation" TEXT NOT NULL,
  "cited_document_id" TEXT REFERENCES "documents" ("id"),
  "quote" TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "rule" TEXT NOT NULL,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_citations_clause_id"
    ON "citations" ("clause_id");

CREATE INDEX "idx_citations_doc_number"
    ON "citations" ("doc_number");

CREATE INDEX "idx_citations_title"
    ON "citations" ("title");

CREATE INDEX "idx_citations_cited_document_id"
    ON "citations" ("cited_document_id");

CREATE TABLE "tables" (
  "id" TEXT NOT NULL,
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "position" INTEGER NOT NULL,
  "caption" TEXT,
  "n_rows" INTEGER NOT NULL,
  "n_cols" INTEGER NOT NULL,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_tables_clause_id_position"
    ON "tables" ("clause_id", "position");

CREATE TABLE "cells" (
  "table_id" TEXT NOT NULL REFERENCES "tables" ("id"),
  "row" INTEGER NOT NULL,
  "col" INTEGER NOT NULL,
  "row_header" TEXT,
  "col_header" TEXT,
  "text" TEXT NOT NULL,
  "value" NUMERIC,
  PRIMARY KEY ("table_id", "row", "col")
);

CREATE TABLE "lines" (
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "page" INTEGER NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "x0" NUMERIC NOT NULL,
  "top" NUMERIC NOT NULL,
  "x1" NUMERIC NOT NULL,
  "bottom" NUMERIC NOT NULL,
  "confidence" NUMERIC
);

CREATE INDEX "idx_lines_document_id_start"
    ON "lines" ("document_id", "start");

CREATE TABLE "private_spans" (
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "rule" TEXT NOT NULL,
  "masked" INTEGER NOT NULL,
  PRIMARY KEY ("document_id", "start")
);

CREATE TABLE "topics" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "description" TEXT,
  "parent_id" TEXT REFERENCES "topics" ("id"),
  "origin" TEXT NOT NULL,
  "words" TEXT,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_topics_parent_id"
    ON "topics" ("parent_id");

CREATE INDEX "idx_topics_name"
    ON "topics" ("name");

CREATE TABLE "clause_topics" (
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "topic_id" TEXT NOT NULL REFERENCES "topics" ("id"),
  "score" NUMERIC NOT NULL,
  "words" TEXT,
  PRIMARY KEY ("clause_id", "topic_id")
);

CREATE INDEX "idx_clause_topics_topic_id_score"
    ON "clause_topics" ("topic_id", "score");

CREATE TABLE "clause_pairs" (
  "a_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "b_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "score" NUMERIC NOT NULL,
  "shared_text" INTEGER NOT NULL,
  PRIMARY KEY ("a_id", "b_id")
);

CREATE INDEX "idx_clause_pairs_b_id"
    ON "clause_pairs" ("b_id");

CREATE TABLE "compared" (
  "document_id" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  PRIMARY KEY ("document_id")
);

CREATE TABLE "normal_facts" (
  "id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "name" TEXT NOT NULL,
  "beneficiary" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "sense" TEXT NOT NULL,
  "comparator" TEXT NOT NULL,
  "value" NUMERIC,
  "value_high" NUMERIC,
  "unit" TEXT NOT NULL,
  "deadline" TEXT,
  "calculation" TEXT NOT NULL,
  "sure" INTEGER NOT NULL,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_normal_facts_kind_name_id"
    ON "normal_facts" ("kind", "name", "id");

CREATE INDEX "idx_normal_facts_document_id"
    ON "normal_facts" ("document_id");

CREATE INDEX "idx_normal_facts_clause_id"
    ON "normal_facts" ("clause_id");

CREATE TABLE "fact_pairs" (
  "a_id" TEXT NOT NULL REFERENCES "normal_facts" ("id"),
  "b_id" TEXT NOT NULL REFERENCES "normal_facts" ("id"),
  "kind" TEXT NOT NULL,
  "relation" TEXT NOT NULL,
  "verdict" TEXT,
  "difference" NUMERIC,
  "unit" TEXT,
  "deadline_verdict" TEXT,
  "calculation" TEXT,
  "reason" TEXT,
  "words" TEXT NOT NULL,
  PRIMARY KEY ("a_id", "b_id")
);

CREATE INDEX "idx_fact_pairs_b_id"
    ON "fact_pairs" ("b_id");

CREATE TABLE "topic_gaps" (
  "topic_id" TEXT NOT NULL REFERENCES "topics" ("id"),
  "jurisdiction_id" TEXT NOT NULL REFERENCES "jurisdictions" ("id"),
  "state" TEXT NOT NULL,
  "reason" TEXT,
  "present" INTEGER NOT NULL,
  "compared" INTEGER NOT NULL,
  PRIMARY KEY ("topic_id", "jurisdiction_id")
);

CREATE INDEX "idx_topic_gaps_jurisdiction_id"
    ON "topic_gaps" ("jurisdiction_id");

CREATE TABLE "descents" (
  "superior_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "local_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "relation" TEXT NOT NULL,
  "position" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "superior_clause_id" TEXT REFERENCES "clauses" ("id"),
  "local_clause_id" TEXT REFERENCES "clauses" ("id"),
  "kept" NUMERIC,
  "figures" TEXT,
  PRIMARY KEY ("superior_id", "local_id", "position")
);

CREATE INDEX "idx_descents_local_id"
    ON "descents" ("local_id");

CREATE INDEX "idx_descents_superior_clause_id"
    ON "descents" ("superior_clause_id");

CREATE INDEX "idx_descents_local_clause_id"
    ON "descents" ("local_clause_id");

CREATE TABLE "document_states" (
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "position" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "start" TEXT,
  "end" TEXT,
  "repealed_by" TEXT REFERENCES "documents" ("id"),
  "stated" INTEGER NOT NULL,
  PRIMARY KEY ("document_id", "position")
);

CREATE INDEX "idx_document_states_state_start"
    ON "document_states" ("state", "start");

CREATE INDEX "idx_document_states_repealed_by"
    ON "document_states" ("repealed_by");

CREATE TABLE "clause_facets" (
  "clause_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "kinds" TEXT NOT NULL,
  "sectors" TEXT NOT NULL,
  PRIMARY KEY ("clause_id")
);

CREATE TABLE "duty_counts" (
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "sector" TEXT NOT NULL,
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "jurisdiction_id" TEXT,
  "issued_on" TEXT,
  "clauses" INTEGER NOT NULL,
  "lead" INTEGER NOT NULL,
  "support" INTEGER NOT NULL,
  "implement" INTEGER NOT NULL,
  "guide" INTEGER NOT NULL,
  "responsible" INTEGER NOT NULL,
  PRIMARY KEY ("kind", "name", "document_id")
);

CREATE INDEX "idx_duty_counts_document_id"
    ON "duty_counts" ("document_id");

CREATE INDEX "idx_duty_counts_kind_name_jurisdiction_id"
    ON "duty_counts" ("kind", "name", "jurisdiction_id");

CREATE TABLE "duty_places" (
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "place" TEXT NOT NULL,
  "documents" INTEGER NOT NULL,
  "clauses" INTEGER NOT NULL,
  "lead" INTEGER NOT NULL,
  "support" INTEGER NOT NULL,
  "implement" INTEGER NOT NULL,
  "guide" INTEGER NOT NULL,
  "responsible" INTEGER NOT NULL,
  PRIMARY KEY ("kind", "name", "place")
);

CREATE TABLE "duty_totals" (
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "sector" TEXT NOT NULL,
  "documents" INTEGER NOT NULL,
  "clauses" INTEGER NOT NULL,
  "lead" INTEGER NOT NULL,
  "support" INTEGER NOT NULL,
  PRIMARY KEY ("kind", "name")
);

CREATE TABLE "fact_names" (
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "documents" INTEGER NOT NULL,
  "facts" INTEGER NOT NULL,
  PRIMARY KEY ("kind", "name")
);

CREATE TABLE "kept_sources" (
  "sha256" TEXT NOT NULL,
  "path" TEXT NOT NULL,
  "bytes" INTEGER NOT NULL,
  PRIMARY KEY ("sha256")
);

CREATE TABLE "works" (
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "work_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "likeness" NUMERIC NOT NULL,
  PRIMARY KEY ("document_id")
);

CREATE INDEX "idx_works_work_id"
    ON "works" ("work_id");

CREATE TABLE "sketches" (
  "document_id" TEXT NOT NULL,
  "band" INTEGER NOT NULL,
  "value" INTEGER NOT NULL,
  PRIMARY KEY ("document_id", "band")
);

CREATE INDEX "idx_sketches_band_value"
    ON "sketches" ("band", "value");

CREATE TABLE "clause_runs" (
  "a_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "b_id" TEXT NOT NULL REFERENCES "clauses" ("id"),
  "a_start" INTEGER NOT NULL,
  "b_start" INTEGER NOT NULL,
  "length" INTEGER NOT NULL,
  PRIMARY KEY ("a_id", "b_id", "a_start")
);

CREATE INDEX "idx_clause_runs_b_id"
    ON "clause_runs" ("b_id");

CREATE TABLE "findings" (
  "id" TEXT NOT NULL,
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "clause_id" TEXT REFERENCES "clauses" ("id"),
  "severity" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "message" TEXT NOT NULL,
  "start" INTEGER,
  "end" INTEGER,
  PRIMARY KEY ("id")
);

CREATE INDEX "idx_findings_document_id"
    ON "findings" ("document_id");

CREATE INDEX "idx_findings_clause_id"
    ON "findings" ("clause_id");

CREATE INDEX "idx_findings_code_severity"
    ON "findings" ("code", "severity");

CREATE TABLE "corrections" (
  "id" TEXT NOT NULL,
  "document_id" TEXT NOT NULL REFERENCES "documents" ("id"),
  "kind" TEXT NOT NULL,
  "fact_id" TEXT,
  "clause_id" TEXT REFERENCES "clauses" ("id"),
  "verdict" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "reason" TEXT,
  "quote" TEXT NOT NULL,
  "changes" TEXT NOT NULL,
  "made_by" TEXT NOT NULL,
  "made_at" TEXT NOT NULL,
  "why" TEXT NOT NULL,
  "parsed" TEXT,
  PRIMARY KEY ("id", "document_id")
);

CREATE INDEX "idx_corrections_document_id"
    ON "corrections" ("document_id");

CREATE INDEX "idx_corrections_fact_id"
    ON "corrections" ("fact_id");

CREATE INDEX "idx_corrections_clause_id"
    ON "corrections" ("clause_id");

CREATE INDEX "idx_corrections_state"
    ON "corrections" ("state");

CREATE INDEX idx_citations_wrapped on citations (title) where instr(title, '印发') > 0;

CREATE INDEX idx_numbers_unclassified on numbers (document_id) where class = 'unclassified';

CREATE VIEW "clauses_characters" AS 
select clauses.rowid as rowid, (
  with recursive place(n) as (
    select 1 where length(clauses.text) > 0 union all select n + 1 from place where n < length(clauses.text)
  )
  select group_concat(replace(substr(clauses.text, n, 1), ' ', '␠'), ' ') from place
) as text from clauses;

CREATE VIRTUAL TABLE clauses_fts USING fts5(
  text, content="clauses_characters", content_rowid="rowid", tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Z* C*' separators ' '"
);

PRAGMA user_version = 1;
