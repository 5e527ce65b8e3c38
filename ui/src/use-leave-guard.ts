import { useEffect } from "react";
import { beforeTraversal } from "./traversal.ts";

/** Events that a reader was asked about already: several drafts on a page ask once. */
const answered = new WeakSet<Event>();

/**
 * Asks before unsaved changes are lost: on leaving the panel, on going to another page of it, and on the browser's
 * way back and forward.
 */
export function useLeaveGuard(isActive: boolean, question: string): void {
  useEffect(() => {
    if (!isActive) return;
    const page = location.pathname;
    let here = location.href;

    /** Whether the event may go on: asked once, however many drafts there are. */
    const mayLeave = (event: Event): boolean => {
      if (answered.has(event)) return true;
      answered.add(event);
      return confirm(question);
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
      if (link === null || opensElsewhere || link.getAttribute("href")?.startsWith("#")) return;
      if (mayLeave(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const onTraversal = (event: PopStateEvent) => {
      if (location.pathname === page || mayLeave(event)) return;
      // The router does not hear of it, and the address is again that of the page that is still shown.
      event.stopImmediatePropagation();
      history.pushState(null, "", here);
    };
    const onReplaced = () => {
      if (location.pathname === page) here = location.href;
    };
    window.addEventListener("beforeunload", onUnload);
    const endTraversals = beforeTraversal(onTraversal);
    window.addEventListener("replaceState", onReplaced);
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      endTraversals();
      window.removeEventListener("replaceState", onReplaced);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [isActive, question]);
}
