// Bundled into the package by the build; the tables of the command line are aligned with it.
export { eastAsianWidth } from "get-east-asian-width";
