import { checkStatus } from "../../definition/check-status.ts";
import type { ConfigIssue } from "../../definition/config-issue.ts";
import { checkLabel, checkName } from "../../definition/name.ts";
import { PairMap } from "../../definition/pair-map.ts";
import { checkPriority } from "../../definition/priority.ts";
import { checkText } from "../../definition/text.ts";
import { messageOf } from "../../thrown.ts";
import { checkJson } from "../config/check-json.ts";
import type { DocumentItem, DocumentType, ItemsDocument } from "./items-document.ts";

type Path = ConfigIssue["path"];
type Fields = Readonly<Record<string, unknown>>;

const documentFields = ["plugbay", "types"];
const typeFields = ["manager", "name", "items"];
const itemFields = [
  ...["module", "name", "label", "status", "priority", "description"],
  ...["config", "configVersion", "managed"],
];

/** What somebody sent as a document, once it is certain that it is one; else all that is wrong with it. */
export function checkDocument(
  value: unknown,
): { readonly document: ItemsDocument } | { readonly issues: readonly ConfigIssue[] } {
  const check = new DocumentCheck();
  const document = check.document(value);
  return check.issues.length > 0 ? { issues: check.issues } : { document };
}

class DocumentCheck {
  readonly issues: ConfigIssue[] = [];

  document(value: unknown): ItemsDocument {
    const { plugbay, types } = this.#fields(value, [], documentFields);
    if (plugbay !== 1) this.#refuse(["plugbay"], "is 1, the version of this form");
    const seen = new PairMap<true>();
    return {
      plugbay: 1,
      types: this.#list(types, ["types"]).map((type, index) => this.#type(type, ["types", index], seen)),
    };
  }

  #type(value: unknown, path: Path, seen: PairMap<true>): DocumentType {
    const { items, ...type } = this.#fields(value, path, typeFields);
    const manager = this.#read(path, "manager", type.manager, (given) => checkName("manager", given), "");
    const name = this.#read(path, "name", type.name, (given) => checkName("name", given), "");
    if (seen.has(manager, name)) this.#refuse(path, "appears twice; put its items together");
    seen.set(manager, name, true);
    const labels = new PairMap<Set<string>>();
    return {
      manager,
      name,
      items: this.#list(items, [...path, "items"]).map((item, index) =>
        this.#item(item, [...path, "items", index], labels),
      ),
    };
  }

  #item(value: unknown, path: Path, labels: PairMap<Set<string>>): DocumentItem {
    const item = this.#fields(value, path, itemFields);
    const subject = "the item";
    const module = this.#read(path, "module", item.module, (given) => checkName("module", given), "");
    const name = this.#read(path, "name", item.name, (given) => checkName("name", given), "");
    const optional = <Field extends keyof DocumentItem>(
      field: Field,
      check: (given: unknown) => DocumentItem[Field],
    ): Partial<Pick<DocumentItem, Field>> => {
      const given = item[field];
      if (given === undefined) return {};
      const checked = this.#read(path, field, given, check, undefined);
      return checked === undefined ? {} : ({ [field]: checked } as Pick<DocumentItem, Field>);
    };
    const { label = "" } = optional("label", (given) => checkLabel("label", given));
    const taken = labels.get(module, name) ?? new Set();
    if (taken.has(label)) this.#refuse(path, "appears twice: its module, name and label are another item's");
    labels.set(module, name, taken.add(label));
    return {
      module,
      name,
      label,
      ...optional("status", (given) => checkStatus(subject, given)),
      ...optional("priority", (given) => checkPriority(subject, given)),
      ...optional("description", (given) => checkText("description", given)),
      ...this.#config(item.config, [...path, "config"]),
      ...optional("configVersion", checkConfigVersion),
      ...optional("managed", checkManaged),
    };
  }

  #config(given: unknown, path: Path): Pick<DocumentItem, "config"> {
    // YAML has null for a key with nothing behind it.
    if (given === undefined || given === null) return {};
    const json = checkJson(given);
    if ("value" in json) return { config: json.value };
    for (const issue of json.issues) this.#refuse([...path, ...issue.path], issue.message);
    return {};
  }

  #fields(value: unknown, path: Path, known: readonly string[]): Fields {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.#refuse(path, `is not an object with ${known.join(", ")}`);
      return {};
    }
    for (const field of Object.keys(value)) {
      if (!known.includes(field)) this.#refuse([...path, field], `is unknown; there are ${known.join(", ")}`);
    }
    return { ...value };
  }

  #list(value: unknown, path: Path): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.#refuse(path, "is not a list");
    return [];
  }

  #read<Value>(
    path: Path,
    field: string,
    given: unknown,
    check: (given: unknown) => Value,
    otherwise: Value,
  ): Value {
    try {
      return check(given);
    } catch (error) {
      this.#refuse([...path, field], messageOf(error));
      return otherwise;
    }
  }

  #refuse(path: Path, message: string): void {
    this.issues.push({ path, message });
  }
}

function checkConfigVersion(given: unknown): number {
  if (typeof given !== "number" || !Number.isSafeInteger(given) || given < 1) {
    throw new TypeError("is an integer from 1");
  }
  return given;
}

function checkManaged(given: unknown): "file" {
  if (given !== "file") throw new TypeError('is "file", or left out');
  return given;
}
