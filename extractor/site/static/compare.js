// COMPARE with scripts: tabs switch columns without a new page, and a clause that fits has no button to unfold it.

const frame = document.querySelector(".matrix");

function open(number) {
  for (const cell of frame.querySelectorAll("[data-column]")) cell.classList.toggle("open", cell.dataset.column === number);
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === number) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  measure();
}

function measure() {
  for (const entry of frame.querySelectorAll(".entry")) {
    const words = entry.querySelector(".words");
    if (words.offsetParent && !entry.querySelector(".expand[open]")) {
      entry.classList.toggle("short", words.scrollHeight <= words.clientHeight + 1);
    }
  }
}

if (frame) {
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      open(tab.dataset.tab);
      history.replaceState(null, "", tab.href);
    });
  }
  measure();
  addEventListener("resize", measure);
}
