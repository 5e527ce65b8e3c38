import { files, importsOf } from "./source-files.ts";

/** The files of src that each file imports, types included. */
const imported: ReadonlyMap<string, readonly string[]> = new Map(
  files().map((file) => [
    file,
    importsOf(file)
      .filter(({ isPackage }) => !isPackage)
      .map(({ to }) => to),
  ]),
);

/** The shortest way from a file back to itself, with that file at both ends; undefined where there is none. */
function circleFrom(start: string, graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return wayTo(file, start, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo(last: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [start];
  for (let file: string | undefined = last; file !== undefined && file !== start; file = cameFrom.get(file))
    way.unshift(file);
  return [start, ...way];
}

/** A circle of imports for each set of files that is in one: `a.ts -> b.ts -> a.ts`. Each file appears in one of them at most. */
export function importCircles(graph: ReadonlyMap<string, readonly string[]> = imported): string[] {
  const circles: string[] = [];
  const told = new Set<string>();
  for (const file of graph.keys()) {
    const circle = told.has(file) ? undefined : circleFrom(file, graph);
    if (circle === undefined || circle.some((one) => told.has(one))) continue;
    for (const one of circle) told.add(one);
    circles.push(circle.join(" -> "));
  }
  return circles;
}
