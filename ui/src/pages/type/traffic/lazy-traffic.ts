import { fetched } from "../../../fetched.tsx";

/** Fetched with the library that draws when its tab is opened. */
export const { Part: LazyTraffic } = fetched("traffic", () => import("./traffic-view.tsx"));
