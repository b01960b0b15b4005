// A time line: a lane a notice, a thick line for the time in force, a mark for each deadline.
import { axisX, gridX, link, plot, ruleX, text } from "../vendor/plot/plot.min.js";
import { base, cut, grouped, width } from "./common.js";

const SIZE = 13;
const HIGH = 6; // marks on top of each other before the next column

export function drawSpans(marks, about) {
  const rows = marks.filter((mark) => mark.x).map((mark) => ({ ...mark, at: new Date(mark.x), to: mark.xTo ? new Date(mark.xTo) : null }));
  const lanes = [...new Set(marks.map((mark) => mark.y))];
  const dates = rows.flatMap((row) => [row.at, row.to]).filter(Boolean).map(Number);
  const wide = Math.max(about.width, 560);
  const left = about.narrow ? 8 : Math.min(Math.max(...lanes.map((lane) => width(lane, SIZE))) + 20, about.width * 0.36);
  const year = 365.25 * 864e5;
  const [first, last] = [Math.min(...dates, Date.now()), Math.max(...dates, Date.now())];
  const domain = [new Date(first - (last - first + year) * (90 / (wide - left))), new Date(last + 0.6 * year)];
  const spans = rows.filter((row) => row.symbol === "validity").map((row) => ({ ...row, end: row.to ?? domain[1] }));
  const due = [...grouped(rows.filter((row) => row.symbol === "deadline"), (row) => `${row.y} ${row.x}`).values()].flatMap(
    (own) => own.map((row, n) => ({ ...row, dx: Math.floor(n / HIGH) * 9, dy: -9 - (n % HIGH) * 8, first: n === 0, count: own.length })),
  );
  const undated = marks.filter((mark) => mark.symbol === "validity" && !mark.x).map((mark) => mark.y);
  const drawn = plot({
    ...base(about), width: wide, height: lanes.length * (about.narrow ? 92 : 72) + 50, marginLeft: left, marginRight: 24, marginBottom: 42,
    x: { type: "utc", domain, label: null }, y: { domain: lanes, axis: null, padding: 0.5 },
    marks: [
      gridX({ stroke: about.colour("line"), strokeOpacity: 1 }),
      ruleX([new Date()], { stroke: about.colour("accent"), strokeDasharray: "2 3" }),
      axisX({ label: about.x, labelAnchor: "center", labelArrow: "none", labelOffset: 36, fontSize: 12, ticks: "1 year", tickFormat: "%Y" }),
      text(lanes.map((y) => ({ y, words: cut(y, SIZE, about.narrow ? about.width : left - 16) })), about.narrow
        ? { y: "y", text: "words", frameAnchor: "left", textAnchor: "start", dy: 36, fontSize: SIZE }
        : { y: "y", text: "words", frameAnchor: "left", textAnchor: "end", dx: -10, dy: 20, fontSize: SIZE }),
      text(undated.map((y) => ({ y })), {
        y: "y", frameAnchor: "left", textAnchor: "start", dx: 6, dy: 20, text: () => about.absentMark, fontSize: 12, fontStyle: "italic",
        fill: about.colour("ink-2"),
      }),
      ...[true, false].map((stated) => link(spans.filter((row) => Boolean(row.to) === stated), {
        x1: "at", x2: "end", y1: "y", y2: "y", dy: 20, stroke: "hue", strokeWidth: 7, strokeDasharray: stated ? null : "3 4",
        href: "href", title: "title",
      })),
      ...[...grouped(due, (row) => `${row.dx} ${row.dy}`).values()].map((own) => text(own, {
        x: "at", y: "y", dx: own[0].dx, dy: own[0].dy + 18, text: () => "▼", fill: "hue", fontSize: 10, href: "href", title: "title",
      })),
      text(due.filter((row) => row.first), {
        x: "at", y: "y", dx: -8, dy: 9, textAnchor: "end", fontSize: 11, text: (row) => (row.count > 1 ? `${row.label} ×${row.count}` : row.label),
      }),
    ],
  });
  return [drawn];
}
