import { fetched } from "../fetched.tsx";

/** Fetched when the first form opens. */
export const { Part: LazyConfigEditor } = fetched("configEditor", () => import("./config-editor.tsx"));
