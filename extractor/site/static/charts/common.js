// What the charts share: how wide words are, and a heading for each drawing.

/** Width of words in pixels at a size: a Chinese character is as wide as it is high. */
export function width(words, size) {
  let total = 0;
  for (const character of words) total += character.codePointAt(0) > 0x2e7f ? size : size * 0.58;
  return total;
}

/** `words` cut to `most` pixels at a size, with an ellipsis. */
export function cut(words, size, most) {
  if (width(words, size) <= most) return words;
  let kept = "";
  for (const character of words) {
    if (width(kept + character, size) > most - size) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Groups of rows by a key, in the order of their first row. */
export function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

/** Every chart has the same class, which figures.css styles, and a name for those who cannot see it. */
export const base = (about) => ({ className: "plot", ariaLabel: about.name, style: {}, marginTop: 8 });
