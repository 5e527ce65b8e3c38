import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";

export default function ProcessesPage() {
  const text = useText();
  return <PageTitle title={text("processes.title")} />;
}
