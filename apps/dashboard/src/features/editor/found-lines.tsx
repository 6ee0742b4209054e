import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { formatLatency } from '../../ui/format.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { reasonWord } from '../list/state-text.tsx';
import classes from './editor-form.module.css';
import { renderLabels } from './labels.ts';
import type { ReadLine } from './parse-lines.ts';
import { type LineTest, useLineTests } from './use-line-tests.ts';

const { add: texts, test: testTexts } = messages.editor;

interface FoundProps {
  readonly network: string;
  readonly lines: readonly ReadLine[];
  /** Name of the secret with which they are read; empty: none. */
  readonly auth: string;
  readonly onShow: (line: number) => void;
}

/** What was understood of each line, those with a problem first: they are why nothing can be added yet. */
export function FoundLines({ network, lines, auth, onShow }: FoundProps) {
  const { tests, isBusy, run } = useLineTests(network);
  const urls = lines.flatMap(({ machine }) => machine?.netdata ?? []);
  const inOrder = [
    ...lines.filter(({ problem }) => problem !== null),
    ...lines.filter(({ problem }) => problem === null),
  ];
  const isBlocked = isBusy || urls.length === 0;
  return (
    <>
      <ul className={classes.found} aria-label={texts.foundLabel}>
        {inOrder.map(read => (
          <li key={read.line}>
            <button
              type="button"
              aria-label={fill(texts.toLine, { line: read.line })}
              onClick={() => onShow(read.line)}
            >
              {read.line}
            </button>
            <span>
              {read.machine !== null && <Meant machine={read.machine} />}
              {read.problem !== null && <span className={classes.bad}>{read.problem}</span>}
              <Tested test={tests.get(read.machine?.netdata ?? '')} />
            </span>
          </li>
        ))}
      </ul>
      <div className={classes.choice}>
        <Button
          size="small"
          aria-disabled={isBlocked}
          onClick={() => !isBlocked && run(urls, auth === '' ? null : auth)}
        >
          {isBusy ? testTexts.busy : testTexts.runAll}
        </Button>
        <span className={classes.dim} role="status">
          {tests.size === 0 ? testTexts.leadAll : sumOf([...tests.values()])}
        </span>
      </div>
    </>
  );
}

function Meant({ machine: { name, netdata, labels } }: { machine: NonNullable<ReadLine['machine']> }) {
  return (
    <>
      <strong>{name}</strong> {netdata} {labels != null && <span className={classes.dim}>{renderLabels(labels)}</span>}
    </>
  );
}

function Tested({ test }: { test: LineTest | undefined }) {
  if (test === undefined) return null;
  if (test.kind === 'pending') return <span className={classes.tested}>{testTexts.busy}</span>;
  if (test.kind === 'error') return <span className={classes.tested}>{test.error}</span>;
  const { reachable, reason, detail, latencyMs, agent } = test.test;
  return (
    <span className={classes.tested} data-state={reachable ? 'up' : 'down'}>
      <StateMark state={reachable ? 'up' : 'down'} />
      {reachable
        ? [latencyMs === null ? null : formatLatency(latencyMs), agent?.version, agent?.os].filter(Boolean).join(' · ')
        : `${reasonWord(reason ?? '')}: ${detail ?? ''}`}
    </span>
  );
}

function sumOf(tests: readonly LineTest[]): string {
  const works = tests.filter(test => test.kind === 'told' && test.test.reachable).length;
  return fill(testTexts.sum, { works, all: tests.length });
}
