import { Button } from "@mantine/core";
import type { DiagnosisInfo } from "../../../../src/admin/contract/contract.ts";
import { useDiagnosis } from "../../api/queries.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { Section } from "../../components/section.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import styles from "./diagnosis.module.css";

/** What is wrong, when it is asked for: the server reads all rows for it. */
export function Diagnosis() {
  const text = useText();
  const { data, error, isFetching, refetch } = useDiagnosis();
  return (
    <div className={styles.section}>
      <Section
        title={text("diagnosis.title")}
        beside={
          <Button variant="default" size="compact-sm" loading={isFetching} onClick={() => void refetch()}>
            {text(data ? "diagnosis.again" : "diagnosis.run")}
          </Button>
        }
      >
        <p className={styles.hint}>{text("diagnosis.hint")}</p>
        {error && <ErrorState error={error} onRetry={refetch} />}
        <div role="status">{data && <Outcome diagnosis={data} />}</div>
      </Section>
    </div>
  );
}

function Outcome({ diagnosis: { problems, warnings, findings } }: { readonly diagnosis: DiagnosisInfo }) {
  const text = useText();
  const grave = findings.filter(({ level }) => level !== "ok");
  return (
    <>
      <p className={styles.summary}>
        {problems + warnings === 0
          ? text("diagnosis.well")
          : `${text("diagnosis.problems", { count: problems })}, ${text("diagnosis.warnings", { count: warnings })}`}
      </p>
      <ul className={styles.findings}>
        {grave.map((finding) => (
          <FindingLine key={`${finding.code} ${finding.message}`} finding={finding} />
        ))}
      </ul>
    </>
  );
}

function FindingLine({ finding }: { readonly finding: DiagnosisInfo["findings"][number] }) {
  const text = useText();
  const { level, message, fix, causes = [], itemId } = finding;
  return (
    <li>
      <ToneBadge tone={level === "problem" ? "bad" : "warn"}>
        {text(level === "problem" ? "diagnosis.problem" : "diagnosis.warning")}
      </ToneBadge>
      <div className={styles.finding}>
        <span dir="auto">{message}</span>
        {causes.length > 0 && (
          <ul className={styles.causes}>
            {causes.map((cause) => (
              <li key={cause} dir="auto">
                {cause}
              </li>
            ))}
          </ul>
        )}
        <span className={styles.fix} dir="auto">
          {fix}
        </span>
        {itemId !== undefined && <TextLink href={paths.item(itemId)}>{text("diagnosis.item")}</TextLink>}
      </div>
    </li>
  );
}
