import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { Store } from "../../store/store.ts";
import { KeyUsed } from "../../store/writing/change-work.ts";
import { bringUpToDate, type View } from "../view.ts";
import { changeOptionNames } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import type { KeyReport, Rotation, RotationOptions, SecretKeys } from "./secret-keys.ts";

/** The keys that secrets in configs are encrypted with. */
export interface KeyCalls {
  /**
   * Which keys the secrets in configs are encrypted with, and which of them this process cannot read.
   *
   * @throws ClosedError
   * @example
   * const { unreadable } = await plugbay.control.checkKeys();
   */
  checkKeys(): Promise<KeyReport>;

  /**
   * Encrypts all secrets of this namespace with the first key of the ring, in batches, while processes run:
   * their instances stay. One that was interrupted goes on when it is called again.
   *
   * @throws NoKeyError, ForbiddenError, InvalidOptionError
   * @example
   * await plugbay.control.rotateKeys({ actor: "alice", onProgress: ({ done, total }) => console.log(done, total) });
   */
  rotateKeys(options: RotationOptions): Promise<Rotation>;
}

interface Parts {
  readonly view: View;
  readonly store: Store;
  readonly writer: Writer;
  readonly secretKeys: SecretKeys;
}

const rotationNames: OptionNames<RotationOptions> = {
  ...changeOptionNames,
  batchSize: true,
  onProgress: true,
};

export const keyCalls = ({ view, store, writer, secretKeys }: Parts): KeyCalls => ({
  async checkKeys() {
    await bringUpToDate(view);
    return secretKeys.check();
  },
  async rotateKeys(options) {
    checkKnown("rotateKeys", options, rotationNames);
    const { batchSize: _, onProgress: __, ...by } = options;
    await view.refresh();
    return writer.once(
      { call: "rotateKeys", given: null },
      by,
      async (asker) => {
        const first = asker.key === undefined ? undefined : await store.firstChange(asker.key);
        if (first) throw new KeyUsed(first);
        return secretKeys.rotate({ ...options, ...asker });
      },
      async ({ changed }) => secretKeys.again(changed),
    );
  },
});
