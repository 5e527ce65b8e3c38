import { type ReactNode, useEffect, useRef, useState } from "react";

interface LazyRowsProps {
  readonly count: number;
  readonly isFirst: boolean;
  readonly children: () => ReactNode;
}

/** How far outside of the window rows are made already. */
const margin = "1200px 0px";
const estimatedRowHeight = 57;

/**
 * The rows of a table's part that is near the window, else a gap of their height: a page of all items stays
 * as fast as a short one.
 */
export function LazyRows({ count, isFirst, children }: LazyRowsProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useRef(count * estimatedRowHeight);
  const [isNear, setNear] = useState(isFirst);

  useEffect(() => {
    const element = body.current;
    if (element === null) return;
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
  }, []);

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
