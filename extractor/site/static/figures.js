// FIGURES: draws the chart from the rows of its table, and saves it as SVG or PNG.
import { drawDots } from "./charts/dots.js";
import { drawHeat } from "./charts/heat.js";
import { drawNetwork } from "./charts/network.js";
import { drawSpans } from "./charts/spans.js";
import { saver } from "./charts/save.js";

const draw = { dots: drawDots, heat: drawHeat, spans: drawSpans, network: drawNetwork };
const figure = document.querySelector(".chart");

function read(row) {
  const { y, x, xTo, symbol, label, panel, said, lead, support } = row.dataset;
  const link = row.querySelector("a");
  const cells = [...row.cells].map((cell) => cell.textContent.trim());
  const hue = getComputedStyle(row).getPropertyValue("--hue").trim() || "currentColor";
  const title = cells.filter(Boolean).join(" · ");
  return { y, x, xTo, symbol, label, panel: panel ?? "", said, lead, support, hue, title, place: cells[0], href: link?.href };
}

/** One name for the drawing, none for its parts; a mark that is drawn twice is one stop of the keyboard. */
function name(drawing) {
  drawing.setAttribute("role", "group");
  for (const part of drawing.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
  const seen = new Set();
  for (const link of drawing.querySelectorAll("a")) {
    const title = link.querySelector("title")?.textContent ?? link.textContent;
    if (seen.has(title)) link.setAttribute("tabindex", "-1");
    seen.add(title);
  }
}

function render() {
  const place = figure.querySelector(".drawing");
  const marks = [...document.querySelectorAll("tr.mark")].map(read);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const absent = [...document.querySelectorAll("tr.absent")].map((row) => row.cells[0].textContent.trim());
  const about = { ...figure.dataset, absent, width: Math.max(place.clientWidth, 320), narrow: place.clientWidth < 640, colour };
  const drawings = draw[figure.dataset.form](marks, about);
  drawings.forEach(name);
  place.replaceChildren(...drawings);
}

if (figure) {
  render();
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; render(); } });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
  for (const button of figure.querySelectorAll("[data-save]")) {
    button.hidden = false;
    button.addEventListener("click", () => saver[button.dataset.save](figure));
  }
}
