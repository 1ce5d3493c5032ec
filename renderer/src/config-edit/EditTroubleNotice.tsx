import { Notice } from '../components/Notice.tsx';
import type { ReportedProblem } from './config-problems.ts';
import type { EditTrouble } from './use-edit-config.tsx';

interface EditTroubleNoticeProps {
  readonly trouble: EditTrouble | undefined;
  /** Problems that no field of the form shows; left out: all that were reported. */
  readonly others?: readonly ReportedProblem[];
}

/** Why an edit was not saved. What the person typed is still in the form. */
export function EditTroubleNotice({ trouble, others }: EditTroubleNoticeProps) {
  if (trouble === undefined) return null;
  if (trouble.kind === 'changed-elsewhere') {
    return (
      <Notice tone="warn" urgent title="This was changed elsewhere meanwhile">
        Your edit is still here and nothing is lost. Save once more to put it in the place of the other change, or
        cancel to see that one.
      </Notice>
    );
  }
  if (trouble.kind === 'failed') {
    return (
      <Notice tone="bad" urgent title="Not saved">
        {trouble.message}
      </Notice>
    );
  }
  const problems = others ?? trouble.problems;
  if (problems.length === 0) return null;
  return (
    <Notice tone="bad" urgent title="Not saved: the settings would not hold">
      {problems.map(({ path, message }) => (
        <p key={`${path} ${message}`}>
          {path !== '' && <code>{path}</code>} {message}
        </p>
      ))}
    </Notice>
  );
}
