import { type DraftValue, isSameJson, valueAt } from "../json.ts";

/** What is wrong with a config, and where: keys and indexes from the top of it. */
export interface ConfigIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/** A config that the server did not take, or cannot use as it is stored. */
export interface RefusedConfig {
  readonly isStored: boolean;
  readonly config: DraftValue;
  readonly issues: readonly ConfigIssue[];
}

/** The issues that may still hold: what was changed since is for the server to look at again. */
export function openIssues(refused: RefusedConfig | undefined, config: DraftValue): readonly ConfigIssue[] {
  if (refused === undefined) return [];
  return refused.issues.filter(({ path }) =>
    isSameJson(valueAt(refused.config, path), valueAt(config, path)),
  );
}
