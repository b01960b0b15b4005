"""Writes the pages of docs/ that are made from the code: the picture of the structure, the data dictionary, the commands, the benchmarks, and the compiled catalogue."""

from tests.docs import benchmarks, catalogue, commands, dictionary, structure

structure.PICTURE.write_text(structure.picture(), "utf-8")
dictionary.PAGE.write_text(dictionary.page(), "utf-8")
commands.PAGE.write_text(commands.page(), "utf-8")
benchmarks.PAGE.write_text(benchmarks.page(), "utf-8")
catalogue.COMPILED.write_bytes(catalogue.compiled())
for path in (catalogue.COMPILED, structure.PICTURE, dictionary.PAGE, commands.PAGE, benchmarks.PAGE):
    print(f"written {path.relative_to(structure.TOP)}")
