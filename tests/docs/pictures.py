"""Takes the pictures of the tutorial anew, from the site over corpora/: `python -m tests.docs.pictures`.

Needs Chromium and playwright; says so and does nothing where one is missing.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.shell import TOP, sh
from tests.site.browser import browser, missing, served

SIZE = {"width": 1280, "height": 800}
PAGES = {
    "tutorial-clause.png": "/-/d/xihu-2023-8#2.3.10",
    "tutorial-compare.png": "/-/c?topic=childcare-places",
}
SETTLED = 800  # milliseconds until a page has gone to its anchor

if __name__ == "__main__":
    if lacking := missing():
        raise SystemExit(f"no picture taken: {lacking}.")
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = sh(
            f"extractor ingest {TOP / 'corpora'} --db policies.db\n"
            "extractor compare policies.db --topic 托位供给 -o table.csv",
            folder,
        )
        if made.returncode:
            raise SystemExit(made.stderr)
        with served(folder / "policies.db") as site, browser() as opened:
            page = opened.new_page(viewport=SIZE)
            for file, path in PAGES.items():
                page.goto(site + path)
                page.wait_for_timeout(SETTLED)
                page.screenshot(path=TOP / "docs" / "images" / file)
                print(f"written docs/images/{file}")
