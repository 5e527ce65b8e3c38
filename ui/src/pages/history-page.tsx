import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";

export default function HistoryPage() {
  const text = useText();
  return <PageTitle title={text("history.title")} />;
}
