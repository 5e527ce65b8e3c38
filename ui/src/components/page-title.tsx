import { Title } from "@mantine/core";
import { Fragment, type ReactNode, useEffect } from "react";
import { useSession } from "../api/queries.ts";
import { focusHeading } from "../arrival.ts";
import { useText } from "../i18n/use-text.ts";
import styles from "./page-title.module.css";
import { TextLink } from "./text-link.tsx";

interface PageTitleProps {
  readonly title: string;
  /** The pages above this one, outermost first. */
  readonly trail?: readonly { readonly label: string; readonly href: string }[];
  /** Beside the title, such as a badge. */
  readonly beside?: ReactNode;
  /** At the end of the line, such as buttons. */
  readonly actions?: ReactNode;
}

/** A page's heading with the way to it; also the title of the browser's tab. */
export function PageTitle({ title, trail = [], beside, actions }: PageTitleProps) {
  const text = useText();
  const { title: panel = "plugbay", environment } = useSession().data ?? {};

  useEffect(() => {
    document.title = [title, panel, environment].filter(Boolean).join(" · ");
  }, [title, panel, environment]);

  // Also of a heading that comes after its page, which waited for its data.
  useEffect(focusHeading, []);

  return (
    <Fragment>
      {trail.length > 0 && (
        <nav aria-label={text("shell.breadcrumbs")}>
          <ol className={styles.trail}>
            {trail.map((step) => (
              <li key={step.href}>
                <TextLink href={step.href}>{step.label}</TextLink>
              </li>
            ))}
            <li aria-current="page">{title}</li>
          </ol>
        </nav>
      )}
      <div className={styles.title}>
        <div className={styles.heading}>
          <Title order={1} size="h2" tabIndex={-1} className={styles.text ?? ""}>
            {title}
          </Title>
          {beside}
        </div>
        {actions}
      </div>
    </Fragment>
  );
}
