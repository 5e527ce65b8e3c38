/** Does something while the page is in sight: `begin` returns what ends it. Returns a function that stops. */
export function whileInSight(begin: () => () => void): () => void {
  let end: (() => void) | undefined;
  const look = () => {
    if (document.visibilityState === "visible") {
      end ??= begin();
    } else {
      end?.();
      end = undefined;
    }
  };
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    end?.();
  };
}
