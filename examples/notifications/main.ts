import { openPlugbay, type Plugbay, type Plugin, PurgeBlockedError } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { email } from "./channels/email.ts";
import { push } from "./channels/push.ts";
import { sms } from "./channels/sms.ts";
import { Favourites } from "./favourites.ts";
import { notifier } from "./notifier.ts";
import { broadcast, notify } from "./notify.ts";
import type { User } from "./user.ts";

const ada: User = {
  id: 1,
  name: "Ada",
  email: "ada@example.com",
  phone: "+1 555 0100",
  device: "ada's phone",
};
const grace: User = {
  id: 2,
  name: "Grace",
  email: "grace@example.com",
  phone: "+1 555 0101",
  device: "grace's phone",
};

// One database for the application's tables and plugbay's, so that foreign keys can join them.
const { db, close } = await sqlite(":memory:").connect();

let plugbay = await release(email, sms, push);
const favourites = await Favourites.open(db);

say("Three channels are active. Ada's favourites are email and push, Grace's is sms.");
await favourites.add(ada, itemId(email));
await favourites.add(ada, itemId(push));
await favourites.add(grace, itemId(sms));
await notifyBoth("Your parcel is on its way.");

say("An operator disables push. Ada's favourite stays, but only email delivers.");
await plugbay.control.updateItem(itemId(push), { status: "disable" }, { actor: "operator" });
await notifyBoth("Your parcel is in your town.");

say("A release comes without the sms module. Its item is retired, and the selected channel stands in.");
const smsItem = itemId(sms);
await plugbay.close();
plugbay = await release(email, push);
await notifyBoth("Your parcel is next door.");

say("Nobody can delete the item under Grace's favourite.");
await plugbay.control.purge({ olderThanMs: 0, actor: "operator" }).catch((error: unknown) => {
  if (!(error instanceof PurgeBlockedError)) throw error;
  console.log(`  ${error.message}`);
});

say("The next release has sms again. It is the same item, so Grace's favourite works again.");
await plugbay.close();
plugbay = await release(email, sms, push);
console.log(`  same id: ${itemId(sms) === smsItem}`);
await notifyBoth("Your parcel is at your door.");

say("The operator enables push again, and all users are told on all active channels.");
await plugbay.control.updateItem(itemId(push), { status: "active" }, { actor: "operator" });
await broadcast(plugbay, [ada, grace], "We are closed on Sunday.");

await plugbay.close();
await close();

/** What happens when a release of the application starts: items of modules that it does not have are retired. */
async function release(...channels: Plugin[]): Promise<Plugbay> {
  const opened = await openPlugbay({ database: db, plugins: [notifier, ...channels] });
  await opened.sync({ prune: true });
  return opened;
}

function itemId(channel: Plugin): string {
  const item = plugbay
    .items(notifier)
    .find(({ module, name }) => module === channel.module && name === channel.name);
  if (item === undefined) throw new Error(`${channel.name} has no item.`);
  return item.id;
}

async function notifyBoth(text: string): Promise<void> {
  await notify(plugbay, favourites, ada, text);
  await notify(plugbay, favourites, grace, text);
}

function say(text: string): void {
  console.log(`\n${text}`);
}
