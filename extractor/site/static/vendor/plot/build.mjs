// entry.mjs → plot.min.js and LICENSES.txt. One change to the source: no <style> element is added to a chart, since
// the site's Content-Security-Policy allows none; static/figures.css has those rules.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const STYLE = /\.call\(\(svg\) =>[^]*?svg\.append\("style"\)\.text\([^]*?`\s*\)\s*\)/;

const withoutStyle = {
  name: "without-style",
  setup(builder) {
    builder.onLoad({ filter: /@observablehq\/plot\/src\/plot\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!STYLE.test(source)) throw new Error(`${path}: the rule that adds a style element is another; mend STYLE.`);
      return { contents: source.replace(STYLE, ""), loader: "js" };
    });
  },
};

const result = await build({
  entryPoints: ["entry.mjs"], outfile: "plot.min.js", bundle: true, format: "esm", minify: true, target: "es2020",
  metafile: true, legalComments: "none", plugins: [withoutStyle],
  banner: { js: "/* Parts of Observable Plot and D3, unchanged but for one rule (README.md). Licences: LICENSES.txt */" },
});

const packages = new Map();
for (const input of Object.keys(result.metafile.inputs)) {
  const root = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)/)?.[1];
  if (root) packages.set(root, JSON.parse(await readFile(join(root, "package.json"), "utf8")));
}
const licences = [];
for (const [root, about] of [...packages].sort()) {
  const file = (await readdir(root)).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? await readFile(join(root, file), "utf8") : "";
  licences.push(`${about.name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
}
await writeFile("LICENSES.txt", licences.join(`\n${"-".repeat(80)}\n\n`));
