import { readFileSync } from "node:fs";
import type { TypeIdentity } from "../../definition/identity.ts";

/** What a file says of a plugin type that it declares. */
export interface Declaration {
  /** The token that it exports. */
  readonly token: string;
  /** What implementations are typed by; undefined where the file exports no such name. */
  readonly contract: Contract | undefined;
}

/** The interface of a plugin type, or the class that its plugins extend. */
export interface Contract {
  readonly kind: "interface" | "class";
  readonly name: string;
  /** The text between its braces; undefined where it has none. */
  readonly body: string | undefined;
}

/** Up to where the options begin; what the type is of may be a name, or written out. */
const head =
  /\bconst\s+(\w+)[^=;]*=\s*definePluginType\s*(?:<((?:(?!definePluginType)[\s\S])*?)>)?\s*\(\s*\{/g;

/** The declaration of a type in a file, by the text alone: to load it would be to run what it does. */
export function declarationIn(file: string, type: TypeIdentity): Declaration | undefined {
  const text = readFileSync(file, "utf8");
  const matches = [...text.matchAll(head)];
  for (const [index, match] of matches.entries()) {
    const [all, token = "", argument = ""] = match;
    const options = text.slice(match.index + all.length, matches[index + 1]?.index);
    if (stringOf(options, "name") !== type.name || !isExported(text, token)) continue;
    const manager = stringOf(options, "manager");
    if (manager !== undefined && manager !== type.manager) continue;
    return { token, contract: contractIn(text, argument.trim(), options) };
  }
  return undefined;
}

const isExported = (text: string, name: string): boolean =>
  [
    `\\bexport\\s+(?:const|interface|type|class|abstract\\s+class)\\s+${name}\\b`,
    `\\bexport\\s*(?:type\\s*)?\\{[^}]*\\b${name}\\s*[,}]`,
    `\\bmodule\\.exports\\s*=\\s*\\{[^}]*\\b${name}\\s*[,}]`,
    `\\bexports\\.${name}\\s*=`,
  ].some((pattern) => new RegExp(pattern).test(text));

/** The first option of that name, where it is written out. */
function stringOf(options: string, name: string): string | undefined {
  const [, , value] =
    new RegExp(`\\b${name}\\s*:\\s*(["'\`])((?:(?!\\1)[^\\\\\\n])*)\\1`).exec(options) ?? [];
  return value;
}

function contractIn(text: string, argument: string, options: string): Contract | undefined {
  const [, parent] = /\binterface\s*:\s*(\w+)/.exec(options) ?? [];
  const kind = parent === undefined ? "interface" : "class";
  const name = parent ?? argument;
  if (!/^\w+$/.test(name) || !isExported(text, name)) return undefined;
  return { kind, name, body: bodyOf(text, kind, name) };
}

/** What stands between the braces of a declaration. */
function bodyOf(text: string, kind: Contract["kind"], name: string): string | undefined {
  const match = new RegExp(`\\b${kind}\\s+${name}\\b[^{]*\\{`).exec(text);
  if (match === null) return undefined;
  const start = match.index + match[0].length;
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
    if (depth === 0) return text.slice(start, at);
  }
  return undefined;
}
