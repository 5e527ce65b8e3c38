import { createContext, Fragment, use } from "react";
import { CodeName } from "../components/code-name.tsx";
import { configTitles } from "./config-titles.ts";

/** The schema of the configs that are shown; null where none is known. */
export const ConfigSchemaContext = createContext<object | null>(null);

/** A place in a config as the form calls it, its path as a tooltip; without a schema the path itself. */
export function ConfigPath({ path }: { readonly path: string }) {
  const schema = use(ConfigSchemaContext);
  if (schema === null || path === "") return <CodeName name={path} />;
  return (
    <span title={path}>
      {configTitles(schema, path).map((title, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place is known by where it stands
        <Fragment key={index}>
          {index > 0 && " › "}
          <bdi>{title}</bdi>
        </Fragment>
      ))}
    </span>
  );
}
