// Bundled into the package by the build.
export { getRequestListener } from "@hono/node-server";
