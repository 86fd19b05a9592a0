import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The circles of imports in a folder of sources: between its modules, and between its folders. Each is a way that ends where it began. */
export function importCircles(root: string): readonly string[] {
  const modules = importsOf(root);
  const folders = new Map<string, Set<string>>();
  for (const [from, targets] of modules) {
    const others = folders.get(dirname(from)) ?? new Set();
    for (const to of targets) if (dirname(to) !== dirname(from)) others.add(dirname(to));
    folders.set(dirname(from), others);
  }
  return [...circles(modules), ...circles(folders)];
}

function importsOf(root: string): Graph {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(tsx?|js)$/.test(file) && statSync(join(root, file)).isFile());
  const known = new Map(files.map((file) => [file.replace(/\.(tsx?|js)$/, ""), file]));
  return new Map(files.map((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const targets = [...text.matchAll(/(?:\bfrom|\bimport|\bnew URL\()\s*\(?\s*"(\.[^"]+)"/g)]
      .map(([, path = ""]) => known.get(relative(root, resolve(root, dirname(file), path)).replace(/\.(tsx?|js)(\?.*)?$/, "")))
      .filter((target) => target !== undefined && target !== file) as string[];
    return [file, new Set(targets)];
  }));
}

function circles(graph: Graph): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (node: string, way: readonly string[]) => {
    const at = way.indexOf(node);
    if (at >= 0) found.push([...way.slice(at), node].join(" → "));
    if (at >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}
