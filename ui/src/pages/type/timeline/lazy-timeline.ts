import { fetched } from "../../../fetched.tsx";

/** Fetched when its tab is opened. */
export const { Part: LazyTimeline } = fetched("timeline", () => import("./timeline-view.tsx"));
