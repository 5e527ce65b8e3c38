import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { paths } from "../paths.ts";

interface TypePageProps {
  readonly typeId: string;
}

export default function TypePage({ typeId }: TypePageProps) {
  const text = useText();
  return <PageTitle title={typeId} trail={[{ label: text("types.title"), href: paths.types }]} />;
}
