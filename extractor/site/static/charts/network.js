// Who cites what: notices at the left, cited documents at the right, a line for each that cites.
import { link, plot, text } from "../vendor/plot/plot.min.js";
import { base, cut, width } from "./common.js";

const SIZE = 13;

export function drawNetwork(marks, about) {
  const cited = [...new Set(marks.map((mark) => mark.x))];
  const notices = [...new Set(marks.map((mark) => mark.y))];
  const height = Math.max(cited.length, notices.length) * 26 + 40;
  const wide = about.width;
  const side = Math.min(Math.max(...notices.map((name) => width(name, SIZE))) + 18, about.narrow ? wide * 0.24 : 270);
  const right = Math.min(Math.max(...cited.map((name) => width(name, SIZE))) + 40, wide * (about.narrow ? 0.56 : 0.5));
  const spread = (names) => new Map(names.map((name, n) => [name, (n + 0.5) / names.length]));
  const [from, to] = [spread(notices), spread(cited)];
  const count = (name) => marks.filter((mark) => mark.x === name).length;
  const hue = new Map(marks.map((mark) => [mark.y, mark.hue]));
  return [plot({
    ...base(about), width: wide, height, marginLeft: side, marginRight: right, marginTop: 26, marginBottom: 8,
    x: { domain: [0, 1], axis: null }, y: { domain: [0, 1], axis: null, reverse: true },
    marks: [
      link(marks, {
        x1: 0, x2: 1, y1: (mark) => from.get(mark.y), y2: (mark) => to.get(mark.x), stroke: "hue", strokeWidth: 1.6, strokeOpacity: 0.75,
        curve: "bump-x", href: "href", title: "title",
      }),
      text(notices, { x: 0, y: (name) => from.get(name), text: (name) => cut(name, SIZE, side - 12), textAnchor: "end", dx: -8, fontSize: SIZE, fill: (name) => hue.get(name), fontWeight: 600 }),
      text(cited, {
        x: 1, y: (name) => to.get(name), text: (name) => cut(`${count(name) > 1 ? `${count(name)}× ` : ""}${name}`, SIZE, right - 12),
        textAnchor: "start", dx: 8, fontSize: SIZE, title: (name) => name,
      }),
      text([about.y], { frameAnchor: "top-left", dx: -8, dy: -20, textAnchor: "end", fontSize: 11 }),
      text([about.x], { frameAnchor: "top-right", dx: 8, dy: -20, textAnchor: "start", fontSize: 11 }),
    ],
  })];
}
