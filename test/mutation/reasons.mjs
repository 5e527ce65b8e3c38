import { readFileSync } from "node:fs";

/** Why those that survive are let live. */
const page = new URL("./survivors.md", import.meta.url);

/** @returns for each file below `src`, the pieces of code whose mutants have a reason to live. */
export function readReasons() {
  const [, ...sections] = readFileSync(page, "utf8").split(/^### /m);
  return new Map(
    sections.map((section) => {
      const [file, ...bullets] = section.split(/\n+- /);
      return [file.trim(), bullets.flatMap(piecesOf)];
    }),
  );
}

/** @returns whether one of these pieces of code is in this line. */
export const hasReason = (line, pieces) => pieces.some((piece) => oneSpace(line).includes(piece));

function piecesOf(bullet) {
  const [heads] = /^(`[^`]+`,?\s*)+(?=:)/.exec(bullet) ?? [""];
  return [...heads.matchAll(/`([^`]+)`/g)].map(([, piece]) => oneSpace(piece));
}

const oneSpace = (text) => text.replace(/\s+/g, " ").trim();

/** A reporter for Stryker that says which survivors nobody has judged yet. */
class Reasons {
  onMutationTestReportReady({ files }) {
    const reasons = readReasons();
    const survivors = Object.entries(files).flatMap(([path, { source, mutants }]) => {
      const lines = source.split("\n");
      return mutants
        .filter(({ status }) => status === "Survived" || status === "NoCoverage")
        .map(({ location: { start }, replacement }) => ({
          file: path.replace(/^src\//, ""),
          line: lines[start.line - 1],
          place: `${path}:${start.line}:${start.column}`,
          replacement,
        }));
    });
    const open = survivors.filter(({ file, line }) => !hasReason(line, reasons.get(file) ?? []));
    for (const { place, line, replacement } of open) console.log(`${place}\n-${line}\n+ ${replacement}`);
    console.log(
      `${survivors.length} survive, ${open.length} of them without a reason in test/mutation/survivors.md.`,
    );
  }
}

export const strykerPlugins = [{ kind: "Reporter", name: "reasons", injectableClass: Reasons }];
