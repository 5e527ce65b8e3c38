// Bundled into the package by the build: the schemas of the admin API, of which its types are made.
export {
  Array,
  Boolean,
  Integer,
  Null,
  Number,
  Object,
  Optional,
  type Static,
  String,
  type TProperties,
  type TSchema,
  Union,
  Unsafe,
} from "typebox";
