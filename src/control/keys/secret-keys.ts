import { InvalidOptionError } from "../../definition/errors.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { keysOf, valueAt, withValueAt } from "../../secrets/config-path.ts";
import { NoKeyError } from "../../secrets/errors.ts";
import type { KeyRing } from "../../secrets/key-ring.ts";
import { partsOf, type SealedSecret } from "../../secrets/sealed-secret.ts";
import { replaceSealed, sealedConfig, showConfig } from "../../secrets/shown-config.ts";
import type { RowChange } from "../../store/change.ts";
import type { Current } from "../../store/current.ts";
import type { ItemRow } from "../../store/rows.ts";
import { messageOf } from "../../thrown.ts";
import type { Clock } from "../../time/clock.ts";
import { isoTime } from "../../time/iso-time.ts";
import type { Preparation } from "../config/prepare-config.ts";
import type { View } from "../view.ts";
import type { Asker } from "../writing/change-key.ts";
import type { ChangeOptions } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import { type KeyUse, keysInUse } from "./keys-in-use.ts";

/** A secret that needs somebody's attention. */
export interface SecretProblem {
  /** The id of the item that has the secret. */
  readonly itemId: string;
  /** The field of the config, such as `smtp.password`. */
  readonly field: string;
  /** What is wrong, and what to do. */
  readonly problem: string;
}

/** Which keys the secrets of this namespace are encrypted with. */
export interface KeyReport {
  /** The keys of this process, and those that only items name; `current` is the one that encrypts. */
  readonly keys: readonly KeyUse[];
  /** The secrets that this process cannot read. */
  readonly unreadable: readonly SecretProblem[];
  /** The secrets that stand unencrypted: their plugin did not call them secrets when they were saved. */
  readonly inClear: readonly SecretProblem[];
}

/** How far a rotation of keys has come. */
export interface RotationProgress {
  /** The items that were encrypted anew so far. */
  readonly done: number;
  /** The items that there were to encrypt anew. */
  readonly total: number;
}

/** How `rotateKeys` goes. */
export interface RotationOptions extends ChangeOptions {
  /** Items a transaction. Default 100. */
  readonly batchSize?: number | undefined;
  /** Called after every batch. */
  readonly onProgress?: ((progress: RotationProgress) => void) | undefined;
}

/** What came of a rotation of keys. */
export interface Rotation extends RotationProgress {
  /** The secrets that were left as they are, because this process cannot read them. */
  readonly unreadable: readonly SecretProblem[];
}

type Owner = Pick<PluginItem, "id" | "config">;

/** What keys the stored secrets have, and how they get another one. */
export class SecretKeys {
  readonly #view: View;
  readonly #writer: Writer;
  readonly #keys: KeyRing;
  readonly #clock: Clock;

  constructor(view: View, writer: Writer, { keys, clock }: Preparation) {
    this.#view = view;
    this.#writer = writer;
    this.#keys = keys;
    this.#clock = clock;
  }

  check(): KeyReport {
    const unreadable: SecretProblem[] = [];
    const inClear: SecretProblem[] = [];
    for (const item of this.#items()) {
      replaceSealed(sealedConfig(item.config), (secret, path) => {
        const problem = this.#problemOf(item, secret, path);
        if (problem) unreadable.push(problem);
        return null;
      });
      for (const field of this.#fieldsInClear(item)) {
        inClear.push({
          itemId: item.id,
          field,
          problem: "it is not encrypted; see: npx plugbay keys rotate",
        });
      }
    }
    const keys = keysInUse(this.#view.snapshot, this.#keys.ids);
    return { keys, unreadable, inClear };
  }

  /**
   * Every batch is a transaction of its own, and what is encrypted with the first key is left alone: so a
   * rotation that was killed goes on where it was, and several at once do each item once.
   */
  async rotate({
    batchSize = 100,
    onProgress,
    key,
    request,
    ...author
  }: RotationOptions & Asker): Promise<Rotation> {
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new InvalidOptionError("batchSize", batchSize, "it is an integer from 1");
    }
    if (this.#keys.ids.length === 0) throw new NoKeyError();
    const due = this.#items().filter((item) => this.#isDue(item));
    const asker = { ...author, ...(key !== undefined && { key }), ...(request !== undefined && { request }) };
    let done = 0;
    for (let start = 0; start < due.length || start === 0; start += batchSize) {
      const batch = due.slice(start, start + batchSize);
      if (batch.length === 0 && key === undefined) break;
      // The last one tells that all is done.
      const by = start + batchSize < due.length ? author : { ...asker, changedBefore: done };
      const ids = batch.map(({ id }) => id);
      const encryptAnew = async (current: Current): Promise<RowChange[]> => {
        const rows = await current.items(ids);
        const fields = new Map(batch.map((item) => [item.id, this.#fieldsOf(item)]));
        return rows.flatMap((row) => this.#encryptAnew(row, fields.get(row.id) ?? []));
      };
      const { changed } = await this.#writer.write(by, encryptAnew, {
        ofManaged: "allowed",
        expected: { ids },
      });
      done += changed;
      onProgress?.({ done, total: due.length });
    }
    return { done, total: due.length, unreadable: this.check().unreadable };
  }

  /** What a rotation under the same key came to, which were so many items. */
  again(done: number): Rotation {
    return { done, total: done, unreadable: this.check().unreadable };
  }

  #items(): PluginItem[] {
    return [...this.#view.snapshot.types.values()].flatMap(({ items }) => items);
  }

  #fieldsOf(item: PluginItem): readonly string[] {
    return this.#view.registry.plugin(item.type, item.module, item.name)?.secrets ?? [];
  }

  #fieldsInClear(item: PluginItem): string[] {
    const config = sealedConfig(item.config);
    return this.#fieldsOf(item).filter((field) => isText(valueAt(config, field)));
  }

  #isDue(item: PluginItem): boolean {
    let isDue = false;
    replaceSealed(sealedConfig(item.config), (secret, path) => {
      isDue ||= this.#isOld(secret) && this.#problemOf(item, secret, path) === undefined;
      return null;
    });
    return isDue || this.#fieldsInClear(item).length > 0;
  }

  #isOld({ $secret }: SealedSecret): boolean {
    return partsOf($secret)?.keyId !== this.#keys.ids[0];
  }

  #encryptAnew(row: ItemRow, fields: readonly string[]): RowChange[] {
    const before = sealedConfig(row.config);
    let after = replaceSealed(before, (secret, path) => {
      const isKept = !this.#isOld(secret) || this.#problemOf(row, secret, path) !== undefined;
      const place = { itemId: row.id, path };
      // The time stays: it tells running processes that the value has not changed.
      return asJson(isKept ? secret : this.#keys.seal(this.#keys.open(secret, place), place, secret.at));
    });
    for (const field of fields) {
      const text = valueAt(after, field);
      if (!isText(text)) continue;
      const place = { itemId: row.id, path: keysOf(field) };
      after = withValueAt(after, field, asJson(this.#keys.seal(text, place, isoTime(this.#clock))));
    }
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [{ entity: "item", action: "update", before: row, after: { ...row, config: showConfig(after) } }];
  }

  #problemOf({ id }: Owner, secret: SealedSecret, path: readonly string[]): SecretProblem | undefined {
    try {
      this.#keys.open(secret, { itemId: id, path });
      return undefined;
    } catch (error) {
      return { itemId: id, field: path.join("."), problem: messageOf(error) };
    }
  }
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

type Json = ReturnType<typeof showConfig>;

/** An interface is no index signature to TypeScript, though it is JSON all the same. */
const asJson = (secret: SealedSecret): Json => ({ ...secret });
