import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";

export default function ItemsPage() {
  const text = useText();
  return <PageTitle title={text("items.title")} />;
}
