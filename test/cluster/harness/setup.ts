import type { OpenOptions, Policy, Status } from "plugbay";
import type { WebhookOptions } from "plugbay/alerts";

/** What a child process opens plugbay on and with; plain data, because it goes from process to process. */
export interface Setup {
  readonly database: DatabaseAddress;
  readonly types: readonly DeclaredType[];
  /** Default: what the database brings; an address is one of Redis. */
  readonly push?: { readonly redis: string } | false;
  /** What the process's time of day is more than the true one, in milliseconds; `stepClock` changes it. Default 0. */
  readonly clockOffMs?: number;
  /** The webhooks that it tells of what needs attention, and of changes. */
  readonly webhooks?: readonly WebhookOptions[];
  readonly options?: Omit<OpenOptions, "database" | "plugins" | "push" | "clock" | "alerts">;
}

export interface DatabaseAddress {
  readonly kind: "sqlite" | "postgres" | "mysql";
  /** An address of a server's database, or a file's path. */
  readonly url: string;
}

export interface DeclaredType {
  readonly name: string;
  readonly plugins: readonly DeclaredPlugin[];
  readonly aliases?: readonly string[];
  readonly policy?: Policy;
}

export interface DeclaredPlugin {
  readonly name: string;
  readonly priority?: number;
  readonly status?: Status;
  readonly aliases?: readonly string[];
  /** What its `create` fails with. */
  readonly fails?: string;
}

/** `types` types with `plugins` plugins each, the first of them preferred. */
export function declare(types: number, plugins: number): DeclaredType[] {
  return Array.from({ length: types }, (_, type) => ({
    name: `type-${type}`,
    plugins: Array.from({ length: plugins }, (_, index) => ({ name: `plugin-${index}`, priority: index })),
  }));
}
