import type { ConfigIssue } from "../../definition/config-issue.ts";
import type { JsonValue } from "../../definition/plugin-item.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value that came from the environment. */
export interface Reference {
  /** Where its text stands. */
  readonly path: ConfigIssue["path"];
  readonly name: string;
  readonly value: string;
  /** Whether the text is this reference and nothing else. */
  readonly isWhole: boolean;
}

/** A config in whose texts the references were replaced. */
export interface ResolvedConfig {
  readonly config: JsonValue;
  readonly references: readonly Reference[];
  readonly issues: readonly ConfigIssue[];
}

const reference = /\$\$\{|\$\{([^}]*)(\}?)/g;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The config with `${NAME}` in its texts replaced by variables of the environment, and `$${` by `${`. */
export function resolveReferences(config: JsonValue, environment: Environment): ResolvedConfig {
  const references: Reference[] = [];
  const issues: ConfigIssue[] = [];
  const resolved = mapTexts(config, (text, path) =>
    text.replace(reference, (written: string, name: string | undefined, end: string | undefined) => {
      if (name === undefined) return "${";
      if (end === "" || !variableName.test(name)) {
        const message = 'has "${" without a name and a brace behind it; the text itself is written "$${"';
        issues.push({ path, message });
        return written;
      }
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (value === undefined) issues.push({ path, message: `the environment variable ${name} is not set` });
      else references.push({ path, name, value, isWhole: written === text });
      return value ?? written;
    }),
  );
  return { config: resolved, references, issues };
}

/** The config as it is written where `${` begins a reference. */
export const escapeReferences = (config: JsonValue): JsonValue =>
  mapTexts(config, (text) => text.replaceAll("${", () => "$${"));

function mapTexts(
  config: JsonValue,
  map: (text: string, path: ConfigIssue["path"]) => string,
  path: ConfigIssue["path"] = [],
): JsonValue {
  if (typeof config === "string") return map(config, path);
  if (typeof config !== "object" || config === null) return config;
  if (isList(config)) return config.map((element, index) => mapTexts(element, map, [...path, index]));
  return Object.fromEntries(
    Object.entries(config).map(([key, member]) => [key, mapTexts(member, map, [...path, key])]),
  );
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
