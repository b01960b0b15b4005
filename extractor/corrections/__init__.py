"""What people say of facts: confirm, correct, reject; kept apart from the database, so that it survives it.

`model` has the values, `fields` what may be corrected, `document` reads facts as the parser left them,
`making` makes a correction of a fact, `assigning` finds its document, `settling` says what it comes to there
(pure), `standing` both for one fact, `book` keeps corrections in a file of their own, `sheet` and
`sheet_reading` write and read them as a table. They import the standard library and the contract only: the
site and the store stand on them.

Guarantees: a correction is never changed and never deleted, a later one takes its place; it is applied to the
fact it was made of and to no other; where that cannot be told, it is a conflict, and nothing is changed.
"""
