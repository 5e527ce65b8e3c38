type Listener = (event: PopStateEvent) => void;

const listeners = new Set<Listener>();
let isTraversal = false;

// Added before the router adds its own: of a window, listeners are called in the order in which they were added.
window.addEventListener("popstate", (event) => {
  isTraversal = true;
  for (const listener of listeners) listener(event);
});
window.addEventListener("pushState", () => {
  isTraversal = false;
});

/** Whether the reader came to this page by the browser's way back or forward. */
export const cameByTraversal = (): boolean => isTraversal;

/** Hears of the browser's way back and forward before the router does. Returns what ends that. */
export function beforeTraversal(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
