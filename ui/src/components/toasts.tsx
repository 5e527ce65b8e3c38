import { CloseButton } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { Icon } from "./icon.tsx";
import { ToastContext, type ToastTone } from "./toast-context.ts";
import styles from "./toasts.module.css";
import tones from "./tone.module.css";

interface Toast {
  readonly id: number;
  readonly tone: ToastTone;
  readonly message: string;
}

const shownMs = 6_000;
const mostAtOnce = 4;
let lastId = 0;

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const text = useText();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const show = useCallback((tone: ToastTone, message: string) => {
    lastId += 1;
    const toast = { id: lastId, tone, message };
    setToasts((before) => [...before, toast].slice(-mostAtOnce));
  }, []);
  const dismiss = useCallback((id: number) => {
    setToasts((before) => before.filter((toast) => toast.id !== id));
  }, []);

  return (
    <ToastContext value={show}>
      {children}
      <section className={styles.toasts} aria-label={text("shell.messages")} aria-live="polite">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDismiss={dismiss} />
        ))}
      </section>
    </ToastContext>
  );
}

interface ToastCardProps {
  readonly toast: Toast;
  readonly onDismiss: (id: number) => void;
}

function ToastCard({ toast, onDismiss }: ToastCardProps) {
  const text = useText();
  const { id, tone } = toast;
  useEffect(() => {
    // What went wrong stays until it was read.
    if (tone === "bad") return;
    const timer = setTimeout(() => onDismiss(id), shownMs);
    return () => clearTimeout(timer);
  }, [id, tone, onDismiss]);
  return (
    <div className={`${styles.toast} ${tones[tone]}`}>
      <Icon name={tone === "good" ? "check" : "warning"} />
      <p>{toast.message}</p>
      <CloseButton size="sm" c="inherit" aria-label={text("shell.dismiss")} onClick={() => onDismiss(id)} />
    </div>
  );
}
