import { openUserDatabase, workOnUsers } from "../serve/users/open-users.ts";
import type { Users } from "../serve/users/users.ts";
import { commandLog } from "./command-log.ts";
import type { LoadedConfig } from "./config.ts";
import { whileOpen } from "./while-open.ts";

/** Does something with the panel's users. `command` is what to run with `--migrate` where their tables are missing. */
export async function withUsers<T>(
  config: LoadedConfig,
  options: { readonly command: string; readonly migrate?: boolean },
  work: (users: Users) => Promise<T>,
): Promise<T> {
  const database = await openUserDatabase(config, { log: commandLog, mayCreate: options.migrate === true });
  return whileOpen(database, (open) => workOnUsers(open, config, options, work));
}
