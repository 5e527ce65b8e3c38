import type { ReactNode } from "react";
import { Link } from "wouter";
import type { SessionInfo } from "../../../src/admin/contract/contract.ts";
import { usePanelEvents } from "../api/events.ts";
import tones from "../components/tone.module.css";
import { useText } from "../i18n/use-text.ts";
import { Shortcuts } from "../palette/shortcuts.tsx";
import { paths } from "../paths.ts";
import { AccountMenu } from "./account-menu.tsx";
import { ColorSchemeMenu } from "./color-scheme-menu.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { LanguageMenu } from "./language-menu.tsx";
import { Navigation } from "./navigation.tsx";
import styles from "./page-layout.module.css";
import { SignedOutAlert } from "./signed-out-alert.tsx";

interface PageLayoutProps {
  readonly session: SessionInfo;
  readonly children: ReactNode;
}

export function PageLayout({ session, children }: PageLayoutProps) {
  const text = useText();
  const connection = usePanelEvents();
  return (
    <>
      <a className={styles.skip} href="#content">
        {text("shell.skip")}
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <div className={styles.name}>
            <Link href={paths.overview} className={styles.title ?? ""}>
              <bdi>{session.title}</bdi>
            </Link>
            {session.environment !== null && (
              <bdi
                className={`${styles.environment} ${isProduction(session.environment) ? tones.bad : tones.info}`}
                title={session.environment}
              >
                {session.environment}
              </bdi>
            )}
          </div>
          <Navigation />
          <div className={styles.tools}>
            <ConnectionBadge state={session.state} connection={connection} />
            <Shortcuts />
            <ColorSchemeMenu />
            <LanguageMenu />
            <AccountMenu session={session} />
          </div>
        </div>
      </header>
      <main id="content" className={styles.main} tabIndex={-1}>
        {connection === "signedOut" && <SignedOutAlert />}
        {children}
      </main>
    </>
  );
}

/** What is done there is done to real users. */
const isProduction = (environment: string): boolean => /\b(prod|production|live)\b/i.test(environment);
