// Bundled into the package by the build; loaded by the commands that read and write files of items.
export { isNode, LineCounter, parseDocument, stringify } from "yaml";
