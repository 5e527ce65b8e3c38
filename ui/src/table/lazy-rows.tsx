import { type ReactNode, startTransition, useEffect, useRef, useState } from "react";

interface LazyRowsProps {
  readonly count: number;
  /** `now`: at once; `soon`: after what is there at once was painted, and for good; `near`: while it is near the window. */
  readonly shown: "now" | "soon" | "near";
  readonly children: () => ReactNode;
}

/** How far outside of the window rows are made already. */
const margin = "1200px 0px";
const estimatedRowHeight = 57;

/**
 * A part of a table's rows: the first ones at once, so that the page can be used; the rest of a usual page
 * soon after; those of a longer one while they are near the window, else a gap of their height.
 */
export function LazyRows({ count, shown, children }: LazyRowsProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useRef(count * estimatedRowHeight);
  const [isNear, setNear] = useState(shown === "now");

  useEffect(() => {
    const element = body.current;
    if (shown !== "near" || element === null) {
      startTransition(() => setNear(true));
      return;
    }
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        if (entry.boundingClientRect.height > 0) height.current = entry.boundingClientRect.height;
        // What holds the focus stays, or the keyboard would lose its place.
        setNear(entry.isIntersecting || element.contains(document.activeElement));
      },
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [shown]);

  return (
    <tbody ref={body}>
      {isNear ? (
        children()
      ) : (
        <tr>
          <td style={{ height: height.current }} />
        </tr>
      )}
    </tbody>
  );
}
