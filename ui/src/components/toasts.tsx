import { Button, CloseButton } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useRevertAll } from "../api/mutations.ts";
import { useInForce } from "../api/queries.ts";
import { useText } from "../i18n/use-text.ts";
import { describeError } from "./describe-error.ts";
import { Icon } from "./icon.tsx";
import { ToastContext, type ToastTone, useToast } from "./toast-context.ts";
import styles from "./toasts.module.css";
import tones from "./tone.module.css";

interface Toast {
  readonly id: number;
  readonly tone: ToastTone;
  readonly message: string;
  /** What was made. */
  readonly revision: number | undefined;
  /** Whether there is nothing to undo: an item that was added is retired, or purged. */
  readonly isFinal: boolean;
}

const shownMs = 6_000;
/** Time to read it, and to find the button. */
const undoableMs = 12_000;
const mostAtOnce = 4;
let lastId = 0;

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const text = useText();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const show = useCallback((tone: ToastTone, message: string, revision?: number, isFinal = false) => {
    lastId += 1;
    const toast = { id: lastId, tone, message, revision, isFinal };
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
  const { id, tone, revision, isFinal } = toast;
  useEffect(() => {
    // What went wrong stays until it was read.
    if (tone === "bad") return;
    const timer = setTimeout(() => onDismiss(id), revision === undefined ? shownMs : undoableMs);
    return () => clearTimeout(timer);
  }, [id, tone, revision, onDismiss]);
  return (
    <div className={`${styles.toast} ${tones[tone]}`}>
      <Icon name={tone === "good" ? "check" : "warning"} />
      <div className={styles.message}>
        <p>{toast.message}</p>
        {revision !== undefined && <InForce revision={revision} />}
      </div>
      {revision !== undefined && !isFinal && (
        <UndoButton revision={revision} onUndone={() => onDismiss(id)} />
      )}
      <CloseButton size="sm" c="inherit" aria-label={text("shell.dismiss")} onClick={() => onDismiss(id)} />
    </div>
  );
}

/** In how many of the application's processes it is so already; nothing where none are counted. */
function InForce({ revision }: { readonly revision: number }) {
  const text = useText();
  const { data } = useInForce(revision);
  if (data === undefined || data.processes === 0) return null;
  return <p>{text("shell.inForce", { inForce: data.inForce, count: data.processes })}</p>;
}

interface UndoButtonProps {
  readonly revision: number;
  readonly onUndone: () => void;
}

/** Takes back all that the action changed, or says why not. */
function UndoButton({ revision, onUndone }: UndoButtonProps) {
  const text = useText();
  const toast = useToast();
  const revert = useRevertAll();
  // The message may be gone before a reason is given.
  const undo = () =>
    revert
      .mutateAsync(revision)
      .then(
        (undone) => toast("good", text("shell.undone"), undone.revision, true),
        (error: unknown) => {
          const { title, detail = "" } = describeError(error, text);
          toast("bad", text("items.failed", { title, detail }));
        },
      )
      .finally(onUndone);
  return (
    <Button variant="default" size="compact-sm" loading={revert.isPending} onClick={undo}>
      {text("shell.undo")}
    </Button>
  );
}
