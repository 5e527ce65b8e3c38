import { Alert, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./error-alert.module.css";
import { Icon } from "./icon.tsx";

interface ErrorAlertProps {
  readonly title: string;
  readonly children: ReactNode;
}

const classNames = {
  root: styles.alert ?? "",
  title: styles.title ?? "",
  icon: styles.icon ?? "",
  message: styles.message ?? "",
};

/** A box that says that something went wrong; screen readers say it at once. */
export function ErrorAlert({ title, children }: ErrorAlertProps) {
  return (
    <Alert
      variant="outline"
      icon={<Icon name="warning" />}
      title={title}
      role="alert"
      classNames={classNames}
    >
      <Stack gap="xs" align="flex-start">
        {children}
      </Stack>
    </Alert>
  );
}
