// Keys and copy buttons of every page. Without scripts each page still reads, links and searches.

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

const help = document.getElementById("keys");
document.querySelector("[data-help]")?.addEventListener("click", () => help.showModal());

const go = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => help.showModal(),
};

let before = "";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || help.open) return;
  if (before === "g" && event.key === "c") location.assign(document.body.dataset.compare);
  before = event.key;
  const action = go[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
});

/** Say something in the status line for a moment. */
export function say(words) {
  const toast = document.querySelector(".toast");
  toast.textContent = words;
  setTimeout(() => { if (toast.textContent === words) toast.textContent = ""; }, 2000);
}

async function copy(words) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(words);
  const field = document.createElement("textarea"); // a page served without TLS to another machine
  field.value = words;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await copy(button.dataset.copy);
  say(document.querySelector(".toast").dataset.copied);
});

// What stands beside the text on a wide window stands above it on a narrow one: folded.
if (matchMedia("(max-width: 60rem)").matches) {
  for (const each of document.querySelectorAll("[data-folds]")) each.open = false;
}
