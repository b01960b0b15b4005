// REVIEW: keys of the item in view. Without scripts the same links and buttons do the same.

const form = document.querySelector("[data-decide]");
const typing = (target) => target.closest?.("input, textarea, select, dialog, [contenteditable]");
const click = (name) => document.querySelector(`[data-${name}]`)?.click();

const keys = {
  j: () => click("next"),
  k: () => click("previous"),
  y: () => click("confirm"),
  n: () => (form.elements.why.value.trim() ? click("reject") : form.elements.why.focus()), // a note is needed first
  e: () => form.querySelector(".field input, .field select, .field textarea").focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const action = keys[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
});

document.getElementById("problem")?.focus();
