import { id, object } from "./schema.ts";

export const typeParams = object({ typeId: id() });
