import type { PluginIdentity, TypeIdentity } from "../../definition/identity.ts";
import type { Status } from "../../definition/status.ts";

// What a database of django-plugin-system holds, as plugbay has it.

export interface DjangoTypeData extends TypeIdentity {
  /** As plugbay writes it: lower case, with dashes. */
  readonly id: string;
  readonly description: string;
}

export interface DjangoItemData extends PluginIdentity {
  readonly id: string;
  readonly type: DjangoTypeData;
  readonly status: Status;
  readonly priority: number;
  readonly description: string;
}

/** An edit in Django's admin. */
export interface DjangoEditData {
  readonly entity: "type" | "item";
  readonly entityId: string;
  readonly action: "create" | "update" | "delete";
  readonly actor: string;
  readonly message: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface DjangoData {
  readonly types: readonly DjangoTypeData[];
  readonly items: readonly DjangoItemData[];
  readonly edits: readonly DjangoEditData[];
  /** The tables of Django's history that are not there. */
  readonly missing: readonly string[];
}
