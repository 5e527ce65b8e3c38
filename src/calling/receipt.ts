import { createHash } from "node:crypto";
import type { PluginItem } from "../definition/plugin-item.ts";
import { configDigest, configDigestBytes } from "../secrets/config-digest.ts";
import { InvalidReceiptError } from "./errors.ts";

/** An attempt that a receipt is of. */
export interface Receipt {
  /** The item as it is now. */
  readonly item: PluginItem;
  /** When the attempt began, in epoch milliseconds. */
  readonly began: number;
}

const mark = "pb1_";
const sizes = { namespace: 6, config: configDigestBytes, began: 6, check: 4 };
const headSize = sizes.namespace + sizes.config + sizes.began;

/** More than any receipt has. */
const longest = 1_000;

/**
 * Writes and reads receipts: short texts of letters, digits, `-` and `_`, by which the outcome of an attempt can be told
 * long after, by any process of the application. A receipt says which item it was, what its config was and when the
 * attempt began. It is no secret, and no proof: whoever takes one from a webhook checks who sent that.
 */
export class Receipts {
  readonly #namespace: Buffer;

  constructor(namespace: string) {
    this.#namespace = digest(namespace, sizes.namespace);
  }

  /** @param began when the attempt began, in epoch milliseconds */
  write(item: PluginItem, began: number): string {
    const time = Buffer.alloc(sizes.began);
    time.writeUIntBE(Math.max(0, Math.floor(began)), 0, sizes.began);
    const content = Buffer.concat([this.#namespace, configDigest(item), time, Buffer.from(item.id)]);
    return mark + Buffer.concat([content, digest(content, sizes.check)]).toString("base64url");
  }

  /**
   * @param find the item that has an id now
   * @throws InvalidReceiptError
   */
  read(text: unknown, find: (itemId: string) => PluginItem | undefined): Receipt {
    const content = contentOf(text);
    if (content === undefined) throw new InvalidReceiptError(text, "malformed");
    const itemId = content.toString("utf8", headSize);
    if (!this.#namespace.equals(content.subarray(0, sizes.namespace))) {
      throw new InvalidReceiptError(text, "foreign", itemId);
    }
    const item = find(itemId);
    if (item === undefined) throw new InvalidReceiptError(text, "gone", itemId);
    const config = content.subarray(sizes.namespace, sizes.namespace + sizes.config);
    if (!configDigest(item).equals(config)) throw new InvalidReceiptError(text, "changed", itemId);
    return { item, began: content.readUIntBE(headSize - sizes.began, sizes.began) };
  }
}

/** What is in a receipt; undefined where it was not written so, to the letter. */
function contentOf(text: unknown): Buffer | undefined {
  if (typeof text !== "string" || text.length > longest || !text.startsWith(mark)) return undefined;
  const bytes = Buffer.from(text.slice(mark.length), "base64url");
  // What is no letter of a receipt is passed over, and so are the bits that its last one has too many.
  if (bytes.length <= headSize + sizes.check || bytes.toString("base64url") !== text.slice(mark.length)) {
    return undefined;
  }
  const content = bytes.subarray(0, -sizes.check);
  return digest(content, sizes.check).equals(bytes.subarray(-sizes.check)) ? content : undefined;
}

const digest = (content: string | Buffer, size: number): Buffer =>
  createHash("sha256").update(content).digest().subarray(0, size);
