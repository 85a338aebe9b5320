// Bundles the editor into ../static/built, under a name that holds its hash, with a manifest that says which file it is.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const out = new URL("../static/built/", import.meta.url).pathname;
const { outputFiles } = await build({
  entryPoints: [new URL("main.js", import.meta.url).pathname],
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  legalComments: "none",
  write: false,
});
const code = outputFiles[0].contents;
const name = `editor-${createHash("sha256").update(code).digest("hex").slice(0, 12)}.js`;
mkdirSync(out, { recursive: true });
for (const old of readdirSync(out)) rmSync(out + old);
writeFileSync(out + name, code);
writeFileSync(`${out}manifest.json`, `${JSON.stringify({ editor: name })}\n`);
const licences = JSON.parse(readFileSync(new URL("package-lock.json", import.meta.url))).packages;
const used = Object.entries(licences).filter(([path, entry]) => path && !entry.dev && !entry.devOptional);
writeFileSync(`${out}LICENCES.txt`, used.map(([path, entry]) => `${path.replace("node_modules/", "")} ${entry.version} ${entry.license}`).join("\n") + "\n");
console.log(`${name} ${Math.round(code.length / 1024)} KiB`);
