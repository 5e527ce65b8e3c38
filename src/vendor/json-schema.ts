// Bundled into the package by the build. It validates without `eval`, so it works wherever that is forbidden.
export { type Schema, Validator } from "@cfworker/json-schema";
