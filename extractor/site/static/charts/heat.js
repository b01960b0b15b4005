// A heat map. Sectors by topics: in each cell clauses led (left) and supported (right). Notices by notices: one number.
import { axisX, axisY, barX, plot, text } from "../vendor/plot/plot.min.js";
import { base, cut, width } from "./common.js";

const SIZE = 12;

export function drawHeat(marks, about) {
  const across = [...new Set(marks.map((mark) => mark.x))];
  const down = [...new Set(marks.map((mark) => mark.y))];
  const left = Math.min(Math.max(...down.map((name) => width(name, SIZE))) + 14, 270);
  const top = Math.min(Math.max(...across.map((name) => width(name, SIZE))) + 28, 210);
  const cell = about.view === "heat" ? 40 : 84;
  const wide = Math.max(left + across.length * cell + 60, Math.min(about.width, left + across.length * 60));
  return [plot({
    ...base(about), width: wide, height: top + down.length * (about.view === "heat" ? 24 : 36) + 12, marginTop: top,
    marginLeft: left, marginRight: 60, marginBottom: 8,
    x: { type: "linear", domain: [0, across.length], axis: null }, y: { domain: down, padding: 0.08, axis: null },
    marks: [
      axisY({ label: null, tickSize: 0, fontSize: SIZE, tickFormat: (name) => cut(name, SIZE, left - 12) }),
      text(across, {
        x: (_, n) => n + 0.5, frameAnchor: "top", dy: -10, text: (name) => cut(name, SIZE, top - 26), rotate: -60, textAnchor: "start",
        fontSize: SIZE,
      }),
      text([`${about.y} ↓　${about.x} →`], { frameAnchor: "top-left", dx: -left + 2, dy: -top + 8, textAnchor: "start", fontSize: 11 }),
      ...(about.view === "heat" ? duties(marks, across, about) : shared(marks, across, about)),
    ],
  })];
}

function duties(marks, across, about) {
  const at = (mark) => across.indexOf(mark.x);
  const half = (name, colour, from) => {
    const rows = marks.filter((mark) => Number(mark[name]) > 0);
    const most = Math.max(...marks.map((mark) => Number(mark[name])), 1);
    const x1 = (mark) => at(mark) + from;
    return [
      barX(rows, {
        x1, x2: (mark) => x1(mark) + 0.46, y: "y", fill: colour, href: "href", title: "title",
        fillOpacity: (mark) => 0.25 + 0.75 * Math.sqrt(mark[name] / most),
      }),
      text(rows, {
        x: (mark) => x1(mark) + 0.23, y: "y", text: name, fontSize: 11, href: "href", title: "title", fontWeight: 600,
        fill: (mark) => (mark[name] / most > 0.45 ? about.colour("ground") : about.colour("ink")),
      }),
    ];
  };
  const rest = marks.filter((mark) => Number(mark.lead) + Number(mark.support) === 0);
  return [
    barX(rest, {
      x1: (mark) => at(mark) + 0.04, x2: (mark) => at(mark) + 0.96, y: "y", fill: about.colour("ground-3"), href: "href", title: "title",
    }),
    text(rest, { x: (mark) => at(mark) + 0.5, y: "y", text: "label", fontSize: 11, href: "href", title: "title" }),
    ...half("lead", about.colour("accent"), 0.04), ...half("support", about.colour("duty"), 0.5),
  ];
}

function shared(marks, across, about) {
  const at = (mark) => across.indexOf(mark.x);
  const most = Math.max(...marks.map((mark) => Number(mark.label)), 1);
  const strength = (mark) => 0.12 + 0.88 * (mark.label / most);
  return [
    barX(marks, {
      x1: (mark) => at(mark) + 0.03, x2: (mark) => at(mark) + 0.97, y: "y", fill: about.colour("duty"), fillOpacity: strength,
      href: "href", title: "title",
    }),
    text(marks, {
      x: (mark) => at(mark) + 0.5, y: "y", text: "label", fontSize: SIZE, href: "href", title: "title", fontWeight: 600,
      fill: (mark) => (strength(mark) > 0.68 ? about.colour("ground") : about.colour("ink")),
    }),
  ];
}
