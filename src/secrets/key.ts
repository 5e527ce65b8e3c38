import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const ivLength = 12;
const tagLength = 16;
/** Hexadecimal digits: enough to tell values apart, too few to be of use for anything else. */
const fingerprintLength = 8;

/** One key of a ring: what it encrypts nobody can read, or change unnoticed, without it. */
export class Key {
  readonly id: string;
  readonly #encryption: Buffer;
  readonly #fingerprints: Buffer;

  /** `bytes` are 32. A key of its own for each use is derived from them. */
  constructor(id: string, bytes: Buffer) {
    const derive = (use: string): Buffer =>
      Buffer.from(hkdfSync("sha256", bytes, "", `plugbay ${use} v1`, 32));
    this.id = id;
    this.#encryption = derive("encryption");
    this.#fingerprints = derive("fingerprint");
  }

  /** `context` is not encrypted, but what was encrypted with it opens with the same only. */
  encrypt(text: string, context: string): { iv: Buffer; sealed: Buffer } {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv(algorithm, this.#encryption, iv, { authTagLength: tagLength });
    cipher.setAAD(Buffer.from(context));
    return { iv, sealed: Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]) };
  }

  /** undefined where it was changed, cut, encrypted with another key or in another context. */
  decrypt({ iv, sealed }: { iv: Buffer; sealed: Buffer }, context: string): string | undefined {
    if (iv.length !== ivLength || sealed.length < tagLength) return undefined;
    const decipher = createDecipheriv(algorithm, this.#encryption, iv, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]).toString(
        "utf8",
      );
    } catch {
      return undefined;
    }
  }

  fingerprint(text: string, context: string): string {
    const hash = createHmac("sha256", this.#fingerprints).update(context).update("\0").update(text);
    return hash.digest("hex").slice(0, fingerprintLength);
  }
}
