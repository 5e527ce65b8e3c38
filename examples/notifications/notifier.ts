import { definePluginType } from "plugbay";
import type { User } from "./schema.ts";

export interface Notifier {
  send(user: User, text: string): Promise<void>;
}

/** A user's favourite comes first. When it fails, or is not in use, the others do, as the operator has ordered them. */
export const notifier = definePluginType<Notifier>({
  name: "notifier",
  manager: "apps/notifications",
  description: "Notification channels for users",
  methods: { send: "required" },
  policy: { idempotent: true, timeoutMs: 5_000 },
}).withSelector(
  ({ active, reserve }, favouriteId: string | null) =>
    active.find(({ id }) => id === favouriteId) ?? active[0] ?? reserve[0],
);
