import { useState } from "react";
import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import type { ConfigDraft } from "../../config-form/config-draft.ts";
import { isSameJson } from "../../json.ts";

interface Start {
  readonly config: JsonValue;
  readonly version: number;
  /** Counts the times the form started anew. */
  readonly round: number;
}

export interface ConfigDraftState {
  /** The form's `key`: with another one it starts anew. */
  readonly round: number;
  /** The config that the operator started from. */
  readonly base: JsonValue;
  readonly draft: ConfigDraft | undefined;
  readonly isDirty: boolean;
  /** Whether somebody else changed the config since the operator started. */
  readonly isOutdated: boolean;
  /** The version that the operator has seen; that of a change of other fields will do as well. */
  readonly version: number;
  readonly setDraft: (draft: ConfigDraft) => void;
  /** Starts anew from the item, or from its new config. */
  readonly startAnew: (item?: ItemInfo) => void;
}

/** An unsaved config of an item, which outlives what others do to it meanwhile. */
export function useConfigDraft(item: ItemInfo): ConfigDraftState {
  const [start, setStart] = useState<Start>({ config: item.config, version: item.version, round: 0 });
  const [draft, setDraft] = useState<ConfigDraft>();
  const isDirty = draft !== undefined && (draft.isDirty || !draft.isReadable);
  const isSame = isSameJson(start.config, item.config);

  const startAnew = ({ config, version }: ItemInfo = item) => {
    setDraft(undefined);
    setStart(({ round }) => ({ config, version, round: round + 1 }));
  };
  if (!isSame && !isDirty && item.version > start.version) startAnew();

  return {
    round: start.round,
    base: start.config,
    draft,
    isDirty,
    isOutdated: isDirty && !isSame,
    version: isSame ? item.version : start.version,
    setDraft,
    startAnew,
  };
}
