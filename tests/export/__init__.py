"""Tests of the exports: each file is read back by a library that is none of the project's."""
