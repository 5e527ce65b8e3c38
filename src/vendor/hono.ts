// Bundled into the package by the build: users install no HTTP framework for the panel's sake.
export { type Context, Hono, type MiddlewareHandler } from "hono";
