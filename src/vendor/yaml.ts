// Bundled into the package by the build; loaded by the commands that read and write files of items.
export {
  Document,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
} from "yaml";
