import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../../components/icon.tsx";
import { useText } from "../../i18n/use-text.ts";
import styles from "../config-form.module.css";
import { readField } from "../field-kind.ts";
import { useForm } from "../form-context.ts";
import type { PartProps } from "../part-props.ts";
import { useIssueText } from "./field-props.ts";
import { Part } from "./part.tsx";

interface ListItemProps extends Omit<PartProps, "isRequired" | "isUnlabelled"> {
  /** Whether it is always there, at its place. */
  readonly isFixed: boolean;
  readonly canMoveUp: boolean;
  readonly canMoveDown: boolean;
  readonly onMove: (step: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** One item with its buttons: beside a single input, above many. */
export function ListItem({ isFixed, canMoveUp, canMoveDown, onMove, onRemove, ...field }: ListItemProps) {
  const text = useText();
  const { form } = useForm();
  const { kind } = readField(field.part, form, field.value).kind;
  const error = useIssueText(field);
  const { name } = field;
  const hasParts = kind === "object" || kind === "union" || kind === "list";
  return (
    <li className={hasParts ? styles.card : styles.row}>
      {hasParts && <span className={styles.cardTitle}>{name}</span>}
      {!isFixed && (
        <div className={styles.itemButtons}>
          {(canMoveUp || canMoveDown) && (
            <>
              <ItemButton
                icon="up"
                label={text("form.moveUp", { name })}
                disabled={!canMoveUp}
                onClick={() => onMove(-1)}
              />
              <ItemButton
                icon="down"
                label={text("form.moveDown", { name })}
                disabled={!canMoveDown}
                onClick={() => onMove(1)}
              />
            </>
          )}
          <ItemButton icon="trash" label={text("form.remove.named", { name })} onClick={onRemove} />
        </div>
      )}
      <div className={styles.itemField}>
        {kind === "object" && error !== undefined && (
          <p className={styles.error} dir="auto">
            {error}
          </p>
        )}
        <Part {...field} isRequired isUnlabelled={!isFixed || field.part.title === undefined} />
      </div>
    </li>
  );
}

interface ItemButtonProps {
  readonly icon: "up" | "down" | "trash";
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function ItemButton({ icon, label, disabled = false, onClick }: ItemButtonProps): ReactNode {
  const { isDisabled } = useForm();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      disabled={isDisabled || disabled}
      onClick={onClick}
    >
      <Icon name={icon} size={16} />
    </ActionIcon>
  );
}
