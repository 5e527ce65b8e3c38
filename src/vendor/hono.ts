// Bundled into the package by the build: users install no HTTP framework for the panel's sake.
export { Hono } from "hono";
