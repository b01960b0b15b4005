// A dot plot for each unit: a lane a row, the mark shaped by the comparator, the figure as printed beside it.
import { axisX, gridX, link, plot, ruleX, ruleY, text } from "../vendor/plot/plot.min.js";
import { base, cut, grouped, width } from "./common.js";

const SHAPES = { "≥": "▷", ">": "▷", "=": "●", "≤": "◁", "<": "◁", "≈": "◌" };
const SIZE = 13;

export function drawDots(marks, about) {
  const panels = [...grouped(marks, (mark) => mark.panel)];
  const absent = panels.length === 1 ? about.absent : [];
  return panels.map(([unit, rows]) => panel(rows, unit, { ...about, absent }));
}

function panel(marks, unit, about) {
  const lanes = [...new Set(marks.map((mark) => mark.y)), ...about.absent];
  const rows = marks.map((mark) => ({ ...mark, at: Number(mark.x), to: mark.xTo === undefined ? null : Number(mark.xTo) }));
  const most = Math.max(...rows.map((row) => Math.max(row.at, row.to ?? row.at)), 0);
  const least = Math.min(...rows.map((row) => row.at), 0);
  const beside = (row) => [row.said, row.label].filter(Boolean).join(" · ");
  const room = Math.max(...rows.map((row) => width(beside(row), SIZE))) + 22;
  const left = about.narrow ? 12 : Math.min(Math.max(...lanes.map((lane) => width(lane, SIZE))) + 16, about.width * 0.42);
  const lane = about.narrow ? 46 : 30;
  const names = lanes.map((y) => ({ y, words: cut(y, SIZE, about.narrow ? about.width - 24 : left - 12) }));
  return plot({
    ...base(about), ariaLabel: `${about.name}：${unit}`, width: about.width, height: lanes.length * lane + (about.narrow ? 70 : 56), marginTop: about.narrow ? 22 : 8, marginLeft: left,
    marginRight: Math.min(room, about.width * 0.45), marginBottom: 40,
    x: { domain: [least, most || 1], label: null }, y: { domain: lanes, axis: null, padding: 0.2 },
    marks: [
      gridX({ stroke: about.colour("line"), strokeOpacity: 1 }),
      ruleX([0], { stroke: about.colour("line-strong") }),
      ruleY(lanes, { stroke: about.colour("line"), strokeDasharray: "1 4" }),
      axisX({ label: unit, labelAnchor: "center", labelArrow: "none", labelOffset: 34, fontSize: 12, ticks: about.narrow ? 4 : 8 }),
      text(names, about.narrow
        ? { y: "y", text: "words", frameAnchor: "left", textAnchor: "start", dy: -15, fontSize: SIZE }
        : { y: "y", text: "words", frameAnchor: "left", textAnchor: "end", dx: -10, fontSize: SIZE }),
      text(about.absent, {
        x: least, y: (name) => name, text: () => about.absentMark, textAnchor: "start", dx: 6, fontSize: SIZE, fontStyle: "italic",
        fill: about.colour("ink-2"), dy: about.narrow ? 3 : 0,
      }),
      link(rows.filter((row) => row.to !== null), { x1: "at", x2: "to", y: "y", stroke: "hue", strokeWidth: 3 }),
      text(rows, {
        x: "at", y: "y", text: (row) => SHAPES[row.symbol] ?? "●", fill: "hue", fontSize: 17, href: "href", title: "title",
        dy: about.narrow ? 3 : 0,
      }),
      text(rows, {
        x: (row) => row.to ?? row.at, y: "y", text: beside, textAnchor: "start", dx: 13, fontSize: SIZE, href: "href",
        title: "title", dy: about.narrow ? 3 : 0,
      }),
    ],
  });
}
