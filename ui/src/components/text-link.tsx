import type { ReactNode } from "react";
import { Link } from "wouter";
import styles from "./text-link.module.css";

interface TextLinkProps {
  readonly href: string;
  readonly isStrong?: boolean;
  readonly children: ReactNode;
}

/** A link to another page within text. An element and a class: tables have hundreds of them. */
export function TextLink({ href, isStrong = false, children }: TextLinkProps) {
  return (
    <Link href={href} className={isStrong ? `${styles.link} ${styles.strong}` : (styles.link ?? "")}>
      {children}
    </Link>
  );
}
