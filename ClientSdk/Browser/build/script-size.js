// Prints what a page's scripts weigh and fails when that is over its budget.
// node script-size.js <folder> <budget in kB, gzipped>
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { argv, exit } from "node:process";
import { gzipSync } from "node:zlib";

const [, , folder = "dist", budget = "150"] = argv;
const scripts = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
const kilobytes = bytes / 1000;

console.log(`Scripts: ${kilobytes.toFixed(1)} kB gzipped of ${budget} kB (${scripts.length} files)`);
if (kilobytes > Number(budget)) exit(1);
