// DOCUMENT: the panel follows the clause in view; words and facts point at each other; filter by kind; keys.
const text = document.querySelector(".text");
const panel = document.querySelector("[data-panel]");
const clauses = [...text.querySelectorAll("[data-ref][id]")];
const narrow = matchMedia("(max-width: 60rem)");
const byId = (id) => document.getElementById(id);
let current = null;

// A place of a long notice that is not in the part shown: open the part that has it.
function open() {
  const ref = decodeURIComponent(location.hash.slice(1));
  if (ref && !byId(ref) && text.dataset.partial) {
    const address = new URL(location.href);
    if (address.searchParams.get("at") !== ref) {
      address.searchParams.set("at", ref);
      location.replace(address);
    }
  } else if (ref && byId(ref)?.dataset.ref) choose(ref);
}

function choose(ref) {
  if (ref === current) return;
  current = ref;
  for (const side of panel.querySelectorAll("[data-side]")) side.hidden = side.dataset.side !== ref;
  panel.querySelector("[data-panel-help]").hidden = true;
  for (const each of text.querySelectorAll(".current")) each.classList.remove("current");
  const clause = byId(ref);
  clause?.classList.add("current");
  if (clause) offer(clause);
  const here = document.querySelector("[data-here]");
  if (here && clause) here.textContent = clause.dataset.place;
  let nearest = null;
  for (const link of document.querySelectorAll(".outline a")) {
    link.removeAttribute("aria-current");
    const listed = byId(link.hash.slice(1));
    if (listed && clause && (listed === clause || listed.compareDocumentPosition(clause) & Node.DOCUMENT_POSITION_FOLLOWING)) nearest = link;
  }
  nearest?.setAttribute("aria-current", "true");
  panel.scrollTop = 0;
}

// What the buttons beside a clause copy: its link, its citation, and a row of both with its words.
const copies = panel.querySelector("[data-copies]");
const address = (ref) => new URL(`${text.dataset.address}#${ref}`, location.href).href;
const quoted = (words) => `"${words.replaceAll('"', '""')}"`;
function offer(clause) {
  copies.querySelector("[data-copy-link]").dataset.copy = address(clause.id);
  copies.querySelector("[data-copy-citation]").dataset.copy = clause.dataset.citation;
  copies.hidden = false;
}
copies.querySelector("[data-copy-row]").addEventListener("click", (event) => { // before it is copied
  const clause = byId(current);
  const words = [...text.querySelectorAll(`[data-ref="${CSS.escape(current)}"] .words`)].map((each) => each.innerText.trim()).join("\n") || clause.innerText.trim();
  event.currentTarget.dataset.copy = [clause.dataset.citation, words, address(current)].map(quoted).join(",");
});

// The clause in view is the last that begins above the upper third of the window.
let waiting = false;
function follow() {
  waiting = false;
  const line = innerHeight / 3;
  let found = clauses[0];
  for (const clause of clauses) {
    if (clause.getBoundingClientRect().top > line) break;
    found = clause;
  }
  if (found) choose(found.dataset.ref);
}
let held = 0; // a clause chosen by hand stays chosen while the page scrolls to it
addEventListener("scroll", () => {
  if (waiting || Date.now() < held || (narrow.matches && panel.classList.contains("open"))) return;
  waiting = true;
  requestAnimationFrame(follow);
}, { passive: true });

function hold(ref) {
  held = Date.now() + 900;
  choose(ref);
}

function point(ids) {
  for (const each of document.querySelectorAll(".chosen")) each.classList.remove("chosen");
  for (const id of ids) {
    byId(`f-${id}`)?.classList.add("chosen");
    for (const mark of text.querySelectorAll(`[data-f~="${CSS.escape(id)}"]`)) mark.classList.add("chosen");
  }
  byId(`f-${ids[0]}`)?.scrollIntoView({ block: "nearest" });
}

// The pictures of pages beside the clause mark the fact that was chosen.
function picture(id) {
  for (const image of panel.querySelectorAll("[data-side]:not([hidden]) [data-picture]")) {
    const address = new URL(image.src);
    address.searchParams.delete("clause");
    address.searchParams.set("fact", id);
    image.src = address;
    image.closest("a").href = address;
  }
}
const folds = [...panel.querySelectorAll("[data-pictures]")]; // open beside one clause, open beside all
for (const fold of folds) fold.addEventListener("toggle", () => folds.forEach((each) => { each.open = fold.open; }));
for (const image of panel.querySelectorAll("[data-picture]")) {
  image.addEventListener("error", () => image.classList.add("failed"));
  image.addEventListener("load", () => image.classList.remove("failed"));
}

text.addEventListener("click", (event) => {
  const clause = event.target.closest("[data-ref]");
  const mark = event.target.closest("[data-f]");
  const shown = event.target.closest("[data-show]");
  if (clause) hold(clause.dataset.ref);
  if (mark) {
    point(mark.dataset.f.split(" "));
    picture(mark.dataset.f.split(" ")[0]);
  }
  if (mark || shown) panel.classList.add("open");
});

panel.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-panel]")) panel.classList.remove("open");
  const fact = event.target.closest("[data-fact]");
  if (!fact || event.target.closest("a:not(.unit)")) return;
  point([fact.dataset.fact]);
  picture(fact.dataset.fact);
});
panel.addEventListener("pointerover", (event) => {
  const fact = event.target.closest("[data-fact]");
  if (fact) point([fact.dataset.fact]);
});

document.querySelector("[data-legend]").addEventListener("change", (event) => {
  document.body.classList.toggle(`hide-${event.target.value}`, !event.target.checked);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, dialog")) return;
  const step = { "[": -1, "]": 1 }[event.key];
  if (!step) return;
  const place = clauses.findIndex((clause) => clause.dataset.ref === current);
  const next = clauses[Math.min(clauses.length - 1, Math.max(0, place + step))];
  hold(next.dataset.ref);
  history.replaceState(null, "", `#${next.dataset.ref}`);
  next.scrollIntoView({ block: "start" });
});

addEventListener("hashchange", () => { held = Date.now() + 900; open(); });
open();
if (!current) follow();
