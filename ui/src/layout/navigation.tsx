import { Link, useLocation } from "wouter";
import { useText } from "../i18n/use-text.ts";
import { paths } from "../paths.ts";
import styles from "./navigation.module.css";

const pages = ["overview", "types", "items", "history", "processes"] as const;

/** The page in `pages` that an address belongs to. */
function pageOf(location: string): string {
  const first = location.split("/")[1] ?? "";
  return first === "" ? "overview" : first;
}

export function Navigation() {
  const text = useText();
  const [location] = useLocation();
  const current = pageOf(location);
  return (
    <nav className={styles.navigation} aria-label={text("shell.navigation")}>
      {pages.map((page) => (
        <Link
          key={page}
          href={paths[page]}
          className={page === current ? `${styles.link} ${styles.current}` : (styles.link ?? "")}
          aria-current={page === current ? "page" : undefined}
        >
          {text(`shell.${page}`)}
        </Link>
      ))}
    </nav>
  );
}
