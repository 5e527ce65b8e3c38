import type { CheckRequest } from "../api.ts";
import { anything, id, object, text } from "./schema.ts";

export const checkRequest = object<CheckRequest>({ module: text, name: text, itemId: id, config: anything }, [
  "itemId",
  "config",
]);
