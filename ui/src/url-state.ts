import { useCallback } from "react";
import { useSearchParams } from "wouter";

export type UrlValues<Name extends string> = { readonly [Key in Name]?: string | undefined };

/**
 * Keeps what is shown in the address, so that a reload, the way back and a link given to a colleague show the
 * same. Changes replace the address: the way back leads to the page before, not through every keystroke.
 */
export function useUrlState<Name extends string>(
  names: readonly Name[],
): readonly [UrlValues<Name>, (changes: UrlValues<Name>) => void] {
  const [parameters, setParameters] = useSearchParams();

  const change = useCallback(
    (changes: UrlValues<Name>) => {
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries<string | undefined>(changes)) {
            if (value === undefined || value === "") after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true },
      );
    },
    [setParameters],
  );

  return [urlValues(parameters, names), change];
}

/** Those of the values that are set, as the address has them. */
export function addressOf<Name extends string>(values: UrlValues<Name>, names: readonly Name[]): string {
  const parameters = new URLSearchParams();
  for (const name of names) if (values[name] !== undefined) parameters.set(name, values[name]);
  return String(parameters);
}

export function urlValues<Name extends string>(
  parameters: URLSearchParams,
  names: readonly Name[],
): UrlValues<Name> {
  const values = names.map((name) => [name, parameters.get(name) ?? undefined]);
  return Object.fromEntries(values) as UrlValues<Name>;
}
