import type { DraftValue } from "../json.ts";
import type { JsonSchema } from "./json-schema.ts";

/** A place in the config, and the part of the schema that says what belongs there. */
export interface PartProps {
  readonly part: JsonSchema;
  /** What it is called where the schema has no title for it. */
  readonly name: string;
  readonly path: readonly string[];
  readonly value: DraftValue;
  readonly isRequired: boolean;
  /** Whether the name is said to screen readers only: what stands around it shows it already. */
  readonly isUnlabelled?: boolean;
  readonly onChange: (value: DraftValue) => void;
}
