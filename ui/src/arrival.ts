import { useEffect, useLayoutEffect } from "react";
import { useLocation } from "wouter";
import { cameByTraversal } from "./traversal.ts";

/** How far each page was scrolled when it was left, by its address. */
const positions = new Map<string, number>();
const address = (): string => location.pathname + location.search;

/** How far down the page that is shown is to be scrolled, as soon as it is long enough. */
let wanted: number | undefined;
/** Whether a page was gone to, and the reader has done nothing on it yet. */
let hasArrived = false;
let shown = location.pathname;

function onScroll(): void {
  if (wanted === undefined && location.pathname === shown) positions.set(address(), window.scrollY);
}

function scrollToWanted(): void {
  if (wanted === undefined) return;
  window.scrollTo({ top: wanted, behavior: "instant" });
  if (Math.abs(window.scrollY - wanted) <= 1) wanted = undefined;
}

/** From here on the reader decides where the page is scrolled to and what has the focus. */
function onReader(): void {
  wanted = undefined;
  hasArrived = false;
}

const readerEvents = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** A page that was gone to begins at its top; one that was gone back to is scrolled as it was left. */
export function useArrival(): void {
  const [page] = useLocation();

  useEffect(() => {
    history.scrollRestoration = "manual";
    const growth = new ResizeObserver(scrollToWanted);
    growth.observe(document.body);
    // A reload is the browser's.
    const onHide = () => {
      history.scrollRestoration = "auto";
    };
    window.addEventListener("scroll", onScroll, { passive: true });
    window.addEventListener("pagehide", onHide);
    for (const name of readerEvents)
      window.addEventListener(name, onReader, { capture: true, passive: true });
    return () => {
      growth.disconnect();
      window.removeEventListener("scroll", onScroll);
      window.removeEventListener("pagehide", onHide);
      for (const name of readerEvents) window.removeEventListener(name, onReader, { capture: true });
    };
  }, []);

  useLayoutEffect(() => {
    if (location.pathname === shown) return;
    void page;
    shown = location.pathname;
    hasArrived = true;
    wanted = cameByTraversal() ? (positions.get(address()) ?? 0) : 0;
    focusHeading();
    scrollToWanted();
  }, [page]);
}

/** Says where the reader has got to, for those who do not see it: the heading of the page has the focus. */
export function focusHeading(): void {
  if (hasArrived) document.querySelector<HTMLElement>("h1[tabindex]")?.focus({ preventScroll: true });
}
