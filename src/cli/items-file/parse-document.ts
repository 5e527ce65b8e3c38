import { InvalidDocumentError } from "../../control/files/errors.ts";
import type { ConfigIssue } from "../../definition/config-issue.ts";
import { inexactNumbers, tooManyDigits } from "../../definition/exact-number.ts";
import { messageOf } from "../../thrown.ts";

/** What a file of items says, not yet checked. */
export interface ParsedDocument {
  readonly value: unknown;
  /** An error of its import, with the lines of what was refused. */
  readonly withLines: (error: unknown) => unknown;
}

/** More are not told of at once. */
const mostIssues = 20;

/** Unless a file repeats itself on purpose, it has no use for more. */
const maxAliases = 100;

/**
 * The content of a file of items, YAML or JSON. Messages do not repeat what it says: it may be a secret.
 *
 * @throws InvalidDocumentError
 */
export async function parseDocument(text: string, file: string): Promise<ParsedDocument> {
  const yaml = await import("../../vendor/yaml.ts");
  const lines = new yaml.LineCounter();
  const content = text.replace(/^\uFEFF/, "");
  const document = yaml.parseDocument(content, {
    ...{ lineCounter: lines, prettyErrors: false, stringKeys: true, logLevel: "silent" },
  });
  const json = parseJson(content);
  // JSON is YAML, but for tabs and the like.
  const problems = [...document.errors, ...document.warnings].filter(
    ({ code }) => json === undefined || code === "DUPLICATE_KEY",
  );
  if (problems.length > 0) {
    const issues = problems.slice(0, mostIssues).map(({ message, pos }) => {
      const { line, col } = lines.linePos(pos[0]);
      return { path: [], message: `line ${line}, column ${col}: ${withoutSource(message)}` };
    });
    throw new InvalidDocumentError(issues, file);
  }
  // From 1; where nothing stands at a path, what would hold it.
  const lineOf = (path: ConfigIssue["path"]): number | undefined => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (yaml.isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
  const withLines = (error: unknown): unknown =>
    error instanceof InvalidDocumentError ? new InvalidDocumentError(error.issues, file, lineOf) : error;
  const { inexactScalars } = await import("./inexact-scalars.ts");
  const inexact = json ? inexactNumbers(content).map(({ path }) => path) : inexactScalars(document);
  if (inexact.length > 0) {
    const issues = inexact.slice(0, mostIssues).map((path) => ({ path, message: tooManyDigits }));
    throw new InvalidDocumentError(issues, file, lineOf);
  }
  if (json !== undefined) return { value: json.value, withLines };
  try {
    return { value: document.toJS({ maxAliasCount: maxAliases }), withLines };
  } catch (error) {
    throw new InvalidDocumentError([{ path: [], message: messageOf(error) }], file);
  }
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Some messages end with a piece of the text. */
const withoutSource = (message: string): string => message.replace(/: ".*$/s, "");
