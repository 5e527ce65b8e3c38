import { useEffect, useRef, useState } from "react";
import { type DraftValue, isSameJson } from "../../json.ts";
import type { UnionKind } from "../field-kind.ts";
import { useForm } from "../form-context.ts";
import { matchingOption } from "../matching-option.ts";

/** What became of a choice among alternatives, for when its field is shown again. */
export interface Alternatives {
  readonly chosen: number | undefined;
  readonly value: DraftValue;
  /** What was filled in for each alternative that was left. */
  readonly left: Map<number, DraftValue>;
}

/** The alternative that is chosen, and what was filled in for the others: kept also while the config is shown as JSON. */
export function useAlternatives({ options }: UnionKind, path: readonly string[], value: DraftValue) {
  const { form, alternatives } = useForm();
  // An alternative may have alternatives itself, at the same path.
  const key = () => JSON.stringify([path, options]);
  const [before] = useState(() => remembered(alternatives.get(key()), path, value));
  // A choice holds also while what is filled in would do for another alternative.
  const [chosen, setChosen] = useState(() =>
    before !== undefined && isSameJson(before.value, value)
      ? before.chosen
      : matchingOption(options, form, value),
  );
  const left = useRef(before?.left ?? new Map<number, DraftValue>()).current;

  const remember = useRef<() => void>(undefined);
  remember.current = () => alternatives.set(key(), { chosen, value, left });
  useEffect(() => () => remember.current?.(), []);

  return { chosen, setChosen, left };
}

/** In a list another item may stand at the place by now. */
function remembered(
  found: Alternatives | undefined,
  path: readonly string[],
  value: DraftValue,
): Alternatives | undefined {
  const isOfItem = path.some((part) => /^\d+$/.test(part));
  return found === undefined || (isOfItem && !isSameJson(found.value, value)) ? undefined : found;
}
