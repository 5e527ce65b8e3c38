import { InvalidKeysError, NoKeyError, UnreadableSecretError } from "./errors.ts";
import { Key } from "./key.ts";
import { partsOf, type SealedSecret, type SecretPlace } from "./sealed-secret.ts";

const keyLength = 32;

/** The keys of secrets: the first one encrypts, all of them decrypt. */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, Key>;

  private constructor(keys: ReadonlyMap<string, Key>) {
    this.#keys = keys;
  }

  /**
   * The ring written as `id:base64key,id2:base64key`; one without keys for an empty text.
   *
   * @throws InvalidKeysError
   * @example
   * KeyRing.parse(process.env.PLUGBAY_KEYS ?? "");
   */
  static parse(text: string): KeyRing {
    const keys = new Map<string, Key>();
    const entries = text.trim() === "" ? [] : text.split(",").map((entry) => entry.trim());
    for (const [index, entry] of entries.entries()) {
      const place = `its entry ${index + 1}`;
      const [id = "", encoded = "", ...rest] = entry.split(":");
      if (rest.length > 0 || !/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
        throw new InvalidKeysError(
          `${place} is not written as id:base64key, with an id of letters, digits, _ and -`,
        );
      }
      if (keys.has(id)) throw new InvalidKeysError(`it has two keys called "${id}"`);
      const bytes = Buffer.from(encoded, "base64");
      if (bytes.length !== keyLength || !/^[A-Za-z0-9+/_-]{43}=?$/.test(encoded)) {
        throw new InvalidKeysError(`the key "${id}" is not ${keyLength} bytes in base64`);
      }
      keys.set(id, new Key(id, bytes));
    }
    return new KeyRing(keys);
  }

  /** The ids of the keys; the first one's encrypts. */
  get ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** Encrypts a secret for its place. `at` is when it was set. @throws NoKeyError */
  seal(text: string, place: SecretPlace, at: string): SealedSecret {
    const [key] = this.#keys.values();
    if (key === undefined) throw new NoKeyError(place.path.join("."));
    const { iv, sealed } = key.encrypt(text, contextOf(place));
    return {
      $secret: `v1.${key.id}.${iv.toString("base64url")}.${sealed.toString("base64url")}`,
      at,
      fingerprint: key.fingerprint(text, contextOf(place)),
    };
  }

  /** @throws UnreadableSecretError */
  open({ $secret }: SealedSecret, place: SecretPlace): string {
    const field = place.path.join(".");
    const parts = partsOf($secret);
    if (parts === undefined)
      throw new UnreadableSecretError(field, "is not of a form that this version knows");
    const key = this.#keys.get(parts.keyId);
    if (key === undefined) {
      throw new UnreadableSecretError(
        field,
        `was encrypted with the key "${parts.keyId}", which PLUGBAY_KEYS lacks`,
      );
    }
    const text = key.decrypt(parts, contextOf(place));
    if (text === undefined) {
      throw new UnreadableSecretError(
        field,
        `is damaged, belongs to another item or field, or was encrypted with another key called "${parts.keyId}"`,
      );
    }
    return text;
  }
}

/** Written so that no two places give the same. */
const contextOf = ({ itemId, path }: SecretPlace): string =>
  JSON.stringify(["plugbay secret", itemId, ...path]);
