import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";

/**
 * Leaves what is private or protected out of the declared classes. TypeScript compares a class that has such a
 * member by where it was declared, and a project may have the declarations twice: for its .cts and its .mts files,
 * or from two installations. Without those members an instance of one copy is good for the other.
 */
const hiding = ts.ModifierFlags.NonPublicAccessibilityModifier;
const dist = join(import.meta.dirname, "../dist");

for (const name of await readdir(dist, { recursive: true })) {
  if (!name.endsWith(".d.ts")) continue;
  const file = join(dist, name);
  const text = await readFile(file, "utf8");
  const open = withoutHidden(text);
  if (open !== text) await writeFile(file, open);
}

function withoutHidden(text: string): string {
  const source = ts.createSourceFile("declaration.d.ts", text, ts.ScriptTarget.Latest, true);
  return source.statements
    .filter(ts.isClassDeclaration)
    .flatMap(({ members }) => members.filter(isHidden))
    .reduceRight((rest, { pos, end }) => rest.slice(0, pos) + rest.slice(end), text);
}

function isHidden(member: ts.ClassElement): boolean {
  const isPrivateName = member.name !== undefined && ts.isPrivateIdentifier(member.name);
  return isPrivateName || (ts.getCombinedModifierFlags(member) & hiding) !== 0;
}
