import type { Plugbay } from "plugbay";
import type { Favourites } from "./favourites.ts";
import { notifier } from "./notifier.ts";
import type { User } from "./user.ts";

/** Sends through every favourite of the user that can serve now; when none can, through the selected channel. */
export async function notify(
  plugbay: Plugbay,
  favourites: Favourites,
  user: User,
  text: string,
): Promise<void> {
  const ids = await favourites.of(user);
  const preferred = ids.map((id) => plugbay.getById(notifier, id)).filter((channel) => channel !== undefined);
  const channels = preferred.length > 0 ? preferred : [plugbay.require(notifier)];
  for (const channel of channels) await channel.send(user, text);
}

/** Sends through every active channel to every user. */
export async function broadcast(plugbay: Plugbay, users: readonly User[], text: string): Promise<void> {
  for (const channel of plugbay.getAll(notifier)) {
    for (const user of users) await channel.send(user, text);
  }
}
