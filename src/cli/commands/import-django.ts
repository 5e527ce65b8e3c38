import { checkDjango } from "../../control/django/check-django.ts";
import { formatDjango } from "../../control/django/format-django.ts";
import { DjangoTakeOver } from "../../control/django/take-over-django.ts";
import { checkReason } from "../../control/writing/reason.ts";
import { checkText } from "../../definition/text.ts";
import { schemaWait } from "../../instances/schema-wait.ts";
import { defaultPrepareTimeoutMs } from "../../open/open-plugbay.ts";
import { djangoDatabase } from "../../store/django/django-database.ts";
import { readDjango } from "../../store/django/read-django.ts";
import { type AuthorOptions, defaultActor } from "../actor.ts";
import type { CommonOptions } from "../command.ts";
import { loadConfig } from "../config.ts";
import { UsageError } from "../errors.ts";
import type { Report } from "../report.ts";
import { withStore } from "../session.ts";

export interface DjangoOptions extends CommonOptions, AuthorOptions {
  readonly fromDjango: string;
  readonly djangoAppLabel?: string;
  readonly djangoUsers?: string;
  readonly dryRun?: true;
}

/** `plugbay import --from-django`: takes over what a database of django-plugin-system holds. */
export async function importDjango(options: DjangoOptions): Promise<Report> {
  const { fromDjango, djangoAppLabel: appLabel, djangoUsers: users, dryRun = false } = options;
  checkNames(appLabel, users);
  const config = await loadConfig(options.config);
  const { requireReason: isRequired = false, prepareTimeoutMs = defaultPrepareTimeoutMs } = config;
  const author = () => ({
    actor: checkText("actor", options.actor ?? defaultActor()),
    reason: checkReason(options.reason, { isRequired }),
  });
  const by = dryRun ? undefined : author();
  const source = djangoDatabase(fromDjango);
  const data = checkDjango(await readDjango(source, { appLabel, users }), source.description);
  return withStore(config, async (store) => {
    await store.checkMigrated();
    const wait = schemaWait(store.clock, prepareTimeoutMs);
    const work = new DjangoTakeOver(data, config.plugins, store, wait);
    const plan = by === undefined ? await work.plan() : await work.run(by);
    return { json: plan, text: formatDjango(plan) };
  });
}

/** They become names of tables. */
function checkNames(appLabel: string | undefined, users: string | undefined): void {
  if (appLabel !== undefined && !/^\w+$/.test(appLabel))
    throw new UsageError("--django-app-label is a label such as django_plugin_system");
  if (users !== undefined && !/^\w+\.\w+$/.test(users))
    throw new UsageError("--django-users is a table and its column of names, such as auth_user.username");
}
