import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useText } from "../i18n/use-text.ts";
import { describeError } from "./describe-error.ts";
import { useToast } from "./toast-context.ts";

/** Says what came of a change of an item, with a way to undo it; what the change is chosen in may be gone by then. */
export function useTold(item: ItemInfo): (changing: Promise<ItemInfo>, done: string) => void {
  const text = useText();
  const toast = useToast();
  return (changing, done) =>
    void changing.then(
      ({ version, revision }) => toast("good", done, version > item.version ? revision : undefined),
      (error: unknown) => {
        const { title, detail = "" } = describeError(error, text);
        toast("bad", text("items.failed", { title, detail }));
      },
    );
}
