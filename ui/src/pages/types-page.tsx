import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";

export default function TypesPage() {
  const text = useText();
  return <PageTitle title={text("types.title")} />;
}
