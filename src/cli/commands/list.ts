import { type Command, Option } from "commander";
import type { Control } from "../../control/control.ts";
import type { FleetView } from "../../control/fleet/fleet-calls.ts";
import type { ItemPage, ListQuery } from "../../control/list/list-query.ts";
import type { ListedType } from "../../control/list/list-types.ts";
import { itemLabel } from "../../definition/describe.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { type FilterOptions, filterNames, withFilters } from "../filters.ts";
import { parseNumber } from "../parse.ts";
import type { Report } from "../report.ts";
import { servesNow, servesNowJson } from "../serves-now.ts";
import { withPlugbay } from "../session.ts";
import { formatTable } from "../table.ts";
import { counted, statusWord, typeName } from "../wording.ts";

export function addList(program: Command): void {
  const list = addCommand(
    program,
    "list",
    "Lists plugin items, or plugin types with their numbers of items and what serves them.",
    [
      "list --status active --sort -priority,name",
      "list --search sms --json",
      "list --types",
      "list --configurable",
    ],
  );
  withFilters(list)
    .option("--sort <fields>", "type, manager, module, name, label, status, priority, createdAt, updatedAt")
    .option("--page <number>", "which 100 items; default 1", parseNumber)
    .addOption(new Option("--all", "all items on one page").conflicts("page"))
    .addOption(
      new Option(
        "--configurable",
        "plugins that take configs, instead of items: what item add can be used for",
      ).conflicts([...["search", "status", "differsFromCode", "retired", "sort", "page", "all", "types"]]),
    )
    .addOption(
      new Option("--types", "plugin types instead of items").conflicts([
        ...filterNames,
        ...["sort", "page", "all"],
      ]),
    )
    .action(reporting(listItems));
}

interface ListOptions extends CommonOptions, FilterOptions {
  readonly sort?: string;
  readonly page?: number;
  readonly all?: true;
  readonly types?: true;
  readonly configurable?: true;
}

async function listItems({
  config,
  json: _,
  envFile: __,
  types,
  configurable,
  all,
  sort,
  ...filters
}: ListOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    if (configurable) return reportConfigurable(await configurablePlugins(control, snapshot, filters));
    if (types) return reportTypes(await control.types(), await control.fleet());
    const query: ListQuery = {
      ...filters,
      ...(sort !== undefined && { sort: sort.split(",") as NonNullable<ListQuery["sort"]> }),
    };
    return reportItems(all ? await everyPage(control, query) : await control.list(query));
  });
}

/** All that the query finds, read in the largest pages that there are. */
async function everyPage(control: Control, query: ListQuery): Promise<ItemPage> {
  const first = await control.list({ ...query, pageSize: 1_000 });
  const items = [...first.items];
  for (let page = 2; page <= first.pages; page += 1) {
    items.push(...(await control.list({ ...query, pageSize: 1_000, page })).items);
  }
  return { items, total: items.length, page: 1, pages: 1, pageSize: items.length };
}

function reportTypes(listed: readonly ListedType[], fleet: FleetView): Report {
  // No plugin was made here, so this process knows nothing of what serves.
  const types = listed.map(({ isRegistered: _, hasSelector: __, health: ___, serving: ____, ...type }) => ({
    ...type,
    servingNow: servesNowJson(fleet.servingNow(type.id)),
  }));
  const rows = listed.map(({ counts, ...type }) => [
    typeName(type),
    ...[counts.active, counts.reserve, counts.disable, counts.retired].map(String),
    servesNow(fleet.servingNow(type.id)),
  ]);
  const headings = ["TYPE", "ACTIVE", "RESERVED", "DISABLED", "RETIRED", "SERVES NOW"];
  return { json: types, text: rows.length === 0 ? nothing : formatTable(headings, rows) };
}

function reportItems({ items, total, page, pages }: ItemPage): Report {
  const rows = items.map((item) => [
    typeName(item.type),
    `${item.module}:${item.name}`,
    item.label,
    statusWord(item.status),
    String(item.priority),
    item.id,
  ]);
  const table = formatTable(["TYPE", "PLUGIN", "LABEL", "STATUS", "PRIORITY", "ID"], rows);
  const pastEnd = `Page ${page} does not exist: the last one is ${pages}, of ${counted(total, "item")} in all.`;
  const more = pages === 1 ? [] : ["", `page ${page} of ${pages}, ${total} items in all`];
  return {
    // No plugin was made, so nothing is known about readiness.
    json: { items: items.map(({ readiness: _, ...item }) => item), total, page, pages },
    text: rows.length > 0 ? [table, ...more].join("\n") : total > 0 ? pastEnd : nothing,
  };
}

/** A plugin that takes a config, with the number of its items in use. */
interface Configurable {
  readonly type: TypeIdentity;
  readonly module: string;
  readonly name: string;
  readonly description: string;
  readonly items: number;
}

async function configurablePlugins(
  control: Control,
  { types }: Snapshot,
  { type, manager, module }: Pick<ListOptions, "type" | "manager" | "module">,
): Promise<Configurable[]> {
  const found: Configurable[] = [];
  for (const { row, items } of types.values()) {
    if ((type ?? row.name) !== row.name || (manager ?? row.manager) !== row.manager) continue;
    for (const plugin of await control.configurablePlugins(row.id)) {
      if ((module ?? plugin.module) !== plugin.module) continue;
      const isOwn = (item: PluginItem): boolean =>
        item.module === plugin.module && item.name === plugin.name && item.retiredAt === null;
      found.push({
        type: { manager: row.manager, name: row.name },
        module: plugin.module,
        name: plugin.name,
        description: plugin.description,
        items: items.filter(isOwn).length,
      });
    }
  }
  return found;
}

function reportConfigurable(plugins: readonly Configurable[]): Report {
  const rows = plugins.map((plugin) => [
    typeName(plugin.type),
    itemLabel({ ...plugin, label: "" }),
    String(plugin.items),
  ]);
  const text = rows.length === 0 ? nothing : formatTable(["TYPE", "PLUGIN", "ITEMS"], rows);
  return { json: plugins, text };
}

const nothing = "Nothing found.";
