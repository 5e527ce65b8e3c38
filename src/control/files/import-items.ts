import type { ConfigIssue } from "../../definition/config-issue.ts";
import { valueAt } from "../../secrets/config-path.ts";
import type { Action } from "../../store/change.ts";
import type { FirstChange } from "../../store/change-table.ts";
import type { Current } from "../../store/current.ts";
import type { Store } from "../../store/store.ts";
import { isoTime } from "../../time/iso-time.ts";
import { isConfigurable } from "../config/configurable.ts";
import {
  type Preparation,
  type PreparedConfig,
  prepareConfig,
  presentForm,
} from "../config/prepare-config.ts";
import { entriesOf, itemChanges } from "../history/earlier-change.ts";
import type { View } from "../view.ts";
import type { Asker } from "../writing/change-key.ts";
import { ChangedMeanwhile, retryWhenChanged } from "../writing/changed-meanwhile.ts";
import type { Writer } from "../writing/writer.ts";
import { checkDocument } from "./check-document.ts";
import { InvalidDocumentError } from "./errors.ts";
import type { ImportPlan } from "./import-plan.ts";
import { type LocatedItem, locateItems } from "./locate-items.ts";
import { planImport, type WantedItem } from "./plan-import.ts";
import { readReferences } from "./read-references.ts";
import { type Environment, resolveReferences } from "./references.ts";

/** How `import` and `planImport` read a document. */
export interface ImportOptions {
  /** Whether all items of the document are marked as managed by a file. Default: those that say so. */
  readonly managed?: boolean | undefined;
  /** Whether items that a file manages, and that this one does not hold, are retired. Default false. */
  readonly prune?: boolean | undefined;
  /** What `${NAME}` is looked up in. Default `process.env`. */
  readonly environment?: Environment | undefined;
}

/** What an import works with. */
export interface ImportContext extends Preparation {
  readonly view: View;
  readonly store: Store;
  readonly writer: Writer;
}

/** Brings items in line with a document. Schemas are asked outside of the transaction. */
export class ItemsImport {
  readonly #document: unknown;
  readonly #context: ImportContext;
  readonly #options: ImportOptions;

  constructor(document: unknown, context: ImportContext, options: ImportOptions) {
    this.#document = document;
    this.#context = context;
    this.#options = options;
  }

  /** @throws InvalidDocumentError with all that is wrong with the document; NoKeyError */
  async plan(): Promise<ImportPlan> {
    const { view, store } = this.#context;
    const { managed = false, prune = false } = this.#options;
    const checked = checkDocument(this.#document);
    if ("issues" in checked) throw new InvalidDocumentError(checked.issues);
    const { items, rows, ...located } = locateItems(checked.document, view.registry, await store.readAll());
    const issues = [...located.issues];
    const wanted: WantedItem[] = [];
    for (const item of items) {
      const prepared = await this.#prepare(item);
      if ("issues" in prepared) issues.push(...prepared.issues);
      else wanted.push({ ...item, ...prepared });
    }
    if (issues.length > 0) throw new InvalidDocumentError(issues);
    return planImport(wanted, rows, { managed, prune, now: isoTime(store.clock) });
  }

  /** @throws as `plan`; ConflictError, ForbiddenError */
  async run(by: Asker): Promise<ImportPlan> {
    const { writer } = this.#context;
    return retryWhenChanged(writer, async () => {
      const plan = await this.plan();
      const decide = async (current: Current) => {
        await checkStillSo(current, plan);
        return plan.changes;
      };
      await writer.write(by, decide, { ofManaged: "allowed" });
      return plan;
    });
  }

  /** What an import under the same key came to. */
  async again(first: FirstChange): Promise<ImportPlan> {
    const { view, store } = this.#context;
    const { counts, unlisted } = await this.plan();
    const entries = await entriesOf(store, first);
    const rows = new Map((await store.readAll()).items.map((row) => [row.id, row]));
    const count = (of: Action) => entries.filter(({ action }) => action === of).length;
    const [itemsCreated, itemsRetired] = [count("create"), count("retire")];
    const itemsUpdated = entries.length - itemsCreated - itemsRetired;
    const listed = counts.itemsCreated + counts.itemsUpdated + counts.itemsFound;
    const itemsFound = Math.max(0, listed - itemsCreated - itemsUpdated);
    return {
      revisionId: "",
      revision: first.changed > 0 ? first.revision - 1 : first.revision,
      changes: itemChanges(entries, rows, view),
      counts: { itemsCreated, itemsUpdated, itemsFound, itemsRetired },
      unlisted,
    };
  }

  /** The config as it is stored, where the document says something of it. */
  async #prepare(
    located: LocatedItem,
  ): Promise<{ readonly config?: PreparedConfig } | { readonly issues: readonly ConfigIssue[] }> {
    const { plugin, item, before, known, id } = located;
    if (!isConfigurable(plugin) || (item.config === undefined && before !== undefined)) return {};
    const resolved = resolveReferences(item.config ?? null, this.#options.environment ?? process.env);
    const { config, references, issues } = resolved;
    const at = (found: readonly ConfigIssue[]) => ({
      issues: found.map(({ path, message }) => ({
        path: [...located.path, "config", ...path],
        message,
      })),
    });
    if (issues.length > 0) return at(issues);
    const emptied = plugin.secrets.filter(
      (field) => valueAt(config, field) === "" && valueAt(item.config, field),
    );
    if (emptied.length > 0) {
      return at(emptied.map((field) => ({ path: field.split("."), message: "is a secret, and empty" })));
    }
    const { keys, wait, clock } = this.#context;
    const owner = { plugin, keys, wait, clock, itemId: id, ...(known && { before: known }) };
    const { configVersion: version = plugin.configVersion } = item;
    const values = references.map(({ value }) => value);
    const read = await readReferences(resolved, plugin.secrets, (typed) =>
      prepareConfig(owner, presentForm(plugin, typed, version, values)),
    );
    return "issues" in read ? at(read.issues) : { config: read.taken };
  }
}

async function checkStillSo(current: Current, { changes, ...read }: ImportPlan): Promise<void> {
  if (await current.isAt(read)) return;
  const changed = new Map<string, number>();
  for (const { entity, before, after } of changes) {
    if (entity !== "item") continue;
    if (before) changed.set(before.id, before.version);
    else if (after) {
      const holder = (await current.itemsOf(after.typeId, after)).find(({ label }) => label === after.label);
      if (holder) throw new ChangedMeanwhile(holder);
    }
  }
  const rows = await current.items([...changed.keys()]);
  const moved = rows.find(({ id, version }) => changed.get(id) !== version);
  if (moved) throw new ChangedMeanwhile(moved);
}
