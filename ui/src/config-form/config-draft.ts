import type { DraftValue } from "../json.ts";

/** What an operator made of a config. */
export interface ConfigDraft {
  /** As it is to be sent; secrets that were left alone are as they are shown. */
  readonly config: DraftValue;
  readonly isDirty: boolean;
  /** Whether all of it can be read; a text that is no JSON cannot be sent. */
  readonly isReadable: boolean;
}
