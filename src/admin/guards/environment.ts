import type { Control } from "../../control/control.ts";
import type { Authorization } from "../admin.ts";

/** What the guards find out about a request, for what comes after them. */
export interface Environment {
  Bindings: {
    /** The framework's own request. */
    readonly host: unknown;
  };
  Variables: {
    readonly caller: Authorization;
    /** What the caller may do, and no more. */
    readonly control: Control;
  };
}
