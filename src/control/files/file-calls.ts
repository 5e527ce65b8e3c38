import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import { requireType } from "../item-of.ts";
import { bringUpToDate } from "../view.ts";
import type { ChangeOptions } from "../writing/changed.ts";
import { type ExportOptions, exportItems } from "./export-items.ts";
import { type ImportContext, type ImportOptions, ItemsImport } from "./import-items.ts";
import type { ImportPlan } from "./import-plan.ts";
import type { ItemsDocument } from "./items-document.ts";

/** Items as a document. */
export interface FileCalls {
  /**
   * The items in use whose plugins are registered, as a document to be kept as a file and imported elsewhere.
   * It has no secrets: they are left out, or written as references to variables of the environment.
   *
   * @throws TypeNotFoundError
   * @example
   * const document = await plugbay.control.exportItems({ secrets: "env" });
   */
  exportItems(options?: ExportOptions): Promise<ItemsDocument>;

  /**
   * What `import` of a document would change now. Writes nothing.
   *
   * @throws InvalidDocumentError with all that is wrong with it; NoKeyError
   * @example
   * console.log(formatImport(await plugbay.control.planImport(document, { prune: true })));
   */
  planImport(document: unknown, options?: ImportOptions): Promise<ImportPlan>;

  /**
   * Adds the items of a document that are missing and makes the others as it says, in one transaction, or when
   * something is wrong, nothing. Other items stay as they are. A second import writes nothing.
   *
   * @throws InvalidDocumentError with all that is wrong with it; NoKeyError, ConflictError
   * @example
   * await plugbay.control.import(document, { actor: "deployment", managed: true });
   */
  import(document: unknown, options: ChangeOptions & ImportOptions): Promise<ImportPlan>;
}

const exportNames: OptionNames<ExportOptions> = { typeId: true, secrets: true };
const importNames: OptionNames<ImportOptions> = { managed: true, prune: true, environment: true };

export const fileCalls = (context: ImportContext): FileCalls => {
  const { view, writer } = context;
  return {
    async exportItems(options = {}) {
      checkKnown("exportItems", options, exportNames);
      await bringUpToDate(view);
      if (options.typeId !== undefined) requireType(view.snapshot, options.typeId);
      return exportItems(view.snapshot, view.registry, options);
    },
    async planImport(document, options = {}) {
      checkKnown("planImport", options, importNames);
      return new ItemsImport(document, context, options).plan();
    },
    async import(document, { actor, source, key, reason, ...options }) {
      checkKnown("import", options, importNames);
      const work = new ItemsImport(document, context, options);
      const by = { actor, source, reason, ...(key !== undefined && { key }) };
      return writer.once(
        { call: "import", given: { document, ...options } },
        by,
        (asker) => work.run(asker),
        (first) => work.again(first),
      );
    },
  };
};
