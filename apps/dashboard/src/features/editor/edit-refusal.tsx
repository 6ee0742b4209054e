import { messages } from '../../messages/text.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import type { ProblemPart } from '../../api/api-error.ts';
import { type EditProblem, partText } from './edit-problem.ts';
import classes from './editor-form.module.css';

interface RefusalProps {
  readonly refusal: EditProblem | null;
  /** Whether a problem is told elsewhere, beside what it is about. */
  readonly isTold: (part: ProblemPart) => boolean;
}

/** What an edit was refused for and no field says; of a network that is changed elsewhere, the change to propose there. */
export function EditRefusal({ refusal, isTold }: RefusalProps) {
  if (refusal === null) return null;
  if (refusal.patch !== null) return <Patch patch={refusal.patch} />;
  const rest = refusal.parts.filter(part => !isTold(part));
  if (rest.length === 0) return null;
  return (
    <ul className={classes.problems}>
      {rest.map(part => (
        <li key={`${part.path} ${part.line} ${part.message}`}>{partText(part)}</li>
      ))}
    </ul>
  );
}

/** The change to propose in the repository, in the form that `git apply` reads. */
export function Patch({ patch }: { patch: string }) {
  const { git } = messages.editor;
  return (
    <div className={classes.stack} role="status">
      <p className={classes.caution}>{git.patchText}</p>
      <CopyText label={git.patchLabel} text={patch} isBlock />
    </div>
  );
}
