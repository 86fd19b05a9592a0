// Adds what the bundler does not know to dist/teleprompter, the folder that Chrome loads, and makes the zip that the Web Store takes.
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { zipSync } from "fflate";

const folder = "dist/teleprompter";
cpSync("static", folder, { recursive: true });
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(folder, name)).isFile()).sort();
const files = Object.fromEntries(names.map((name) => [name.split(sep).join("/"), readFileSync(join(folder, name))]));
// One date for all, so that the same files make the same zip.
const zip = zipSync(files, { mtime: "2020-01-01T00:00:00" });
writeFileSync("dist/teleprompter.zip", zip);
console.log(`Extension: ${names.length} files, ${(zip.length / 1e6).toFixed(1)} MB zipped`);
