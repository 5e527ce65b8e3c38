import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { paths } from "../paths.ts";

interface ItemPageProps {
  readonly itemId: string;
}

export default function ItemPage({ itemId }: ItemPageProps) {
  const text = useText();
  return <PageTitle title={itemId} trail={[{ label: text("items.title"), href: paths.items }]} />;
}
