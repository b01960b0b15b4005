// A chart as a file: colours and fonts written into it, so that it looks the same without this page.

const WRITTEN = ["fill", "stroke", "font-family", "font-size", "font-weight", "color"];

function standing(figure) {
  const drawings = [...figure.querySelectorAll(".drawing > svg")];
  const style = getComputedStyle(document.body);
  const gap = 16;
  let height = 34;
  const width = Math.max(...drawings.map((svg) => svg.viewBox.baseVal.width));
  const whole = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const rect = document.createElementNS(whole.namespaceURI, "rect");
  const title = document.createElementNS(whole.namespaceURI, "text");
  title.textContent = figure.dataset.name;
  for (const [name, value] of Object.entries({ x: 12, y: 24, "font-size": 16, "font-weight": 600, fill: style.color, "font-family": style.fontFamily })) title.setAttribute(name, value);
  whole.append(rect, title);
  for (const svg of drawings) {
    const copy = svg.cloneNode(true);
    const [own, copied] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
    own.forEach((element, n) => {
      const computed = getComputedStyle(element);
      for (const name of WRITTEN) copied[n].setAttribute(name, computed.getPropertyValue(name));
    });
    copy.setAttribute("y", height);
    height += svg.viewBox.baseVal.height + gap;
    whole.append(copy);
  }
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, xmlns: whole.namespaceURI })) whole.setAttribute(name, value);
  for (const [name, value] of Object.entries({ width, height, fill: style.backgroundColor })) rect.setAttribute(name, value);
  return { words: new XMLSerializer().serializeToString(whole), width, height };
}

function offer(blob, figure, suffix) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${figure.dataset.view}.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function png(figure) {
  const { words, width, height } = standing(figure);
  const picture = new Image();
  picture.src = URL.createObjectURL(new Blob([words], { type: "image/svg+xml" }));
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  const brush = canvas.getContext("2d");
  brush.scale(2, 2);
  brush.drawImage(picture, 0, 0, width, height);
  URL.revokeObjectURL(picture.src);
  canvas.toBlob((blob) => offer(blob, figure, "png"), "image/png");
}

export const saver = {
  svg: (figure) => offer(new Blob([standing(figure).words], { type: "image/svg+xml" }), figure, "svg"),
  png,
};
