// biome-ignore lint/correctness/noUndeclaredDependencies: it is this package, bundled from its sources
import { toNext } from "plugbay/next";
import { realAdmin } from "../real-admin.ts";
import { testAdmin } from "../test-admin.ts";

// Bundled into panel.js before Next builds the application; the environment is read when it starts.
const { PANEL_BASE_PATH: basePath = "", PANEL_PATH: given, PANEL_KIND: kind } = process.env;
const admin = kind === "real" ? (await realAdmin(basePath)).admin : testAdmin(basePath);

export const path = given ?? basePath;
export const { DELETE, GET, HEAD, PATCH, POST, PUT } = toNext(
  admin,
  given === undefined ? {} : { path: given },
);
