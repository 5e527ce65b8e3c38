import { useSyncExternalStore } from "react";

let isSignedOut = false;
const listeners = new Set<() => void>();

/** Notes whether the last answer came from the sign-in in front of the panel, or from the panel itself. */
export function noteSignedOut(is: boolean): void {
  if (is === isSignedOut) return;
  isSignedOut = is;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the session of the application has ended while this page was open. */
export const useSignedOut = (): boolean => useSyncExternalStore(subscribe, () => isSignedOut);
