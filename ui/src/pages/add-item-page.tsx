import type { TypeDetail } from "../../../src/admin/contract/contract.ts";
import { usePlugins, useType } from "../api/queries.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorState } from "../components/error-state.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { paths } from "../paths.ts";
import { useUrlState } from "../url-state.ts";
import { AddItemForm } from "./add-item/add-item-form.tsx";
import { PluginField } from "./add-item/plugin-field.tsx";

interface AddItemPageProps {
  readonly typeId: string;
}

/** One more item of a plugin that takes configs. */
export default function AddItemPage({ typeId }: AddItemPageProps) {
  const text = useText();
  const type = useType(typeId);
  return (
    <>
      <PageTitle
        title={text("config.add")}
        trail={[
          { label: text("types.title"), href: paths.types },
          ...(type.data === undefined ? [] : [{ label: type.data.name, href: paths.type(typeId) }]),
        ]}
      />
      {type.data !== undefined ? (
        <AddItem type={type.data} />
      ) : type.isError ? (
        <ErrorState error={type.error} onRetry={type.refetch} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

function AddItem({ type }: { readonly type: TypeDetail }) {
  const text = useText();
  const { data, isError, error, refetch } = usePlugins(type.id);
  const [chosen, choose] = useUrlState(["module", "name"]);
  if (data === undefined) return isError ? <ErrorState error={error} onRetry={refetch} /> : <PageSkeleton />;
  if (!type.mayWrite) return <EmptyState title={text("type.readOnly")} hint={text("error.forbidden.hint")} />;
  const [only, ...others] = data.plugins;
  if (only === undefined) {
    return <EmptyState title={text("config.add.none")} hint={text("config.add.none.hint")} />;
  }
  const plugin =
    data.plugins.find(({ module, name }) => module === chosen.module && name === chosen.name) ?? only;
  return (
    <AddItemForm
      // Another plugin has other fields: the form starts anew.
      key={JSON.stringify([plugin.module, plugin.name])}
      type={type}
      plugin={plugin}
      pluginField={(mayLeave) =>
        others.length > 0 && (
          <PluginField
            plugins={data.plugins}
            value={plugin}
            onChange={({ module, name }) => {
              if (mayLeave()) choose({ module, name });
            }}
          />
        )
      }
    />
  );
}
