import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type MachineTest, testMachine, type TestMachine } from '../../api/editor-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { formatBytes, formatLatency } from '../../ui/format.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { sentenceOf } from '../account/failure-text.ts';
import { reasonWord } from '../list/state-text.tsx';
import classes from './connection-test.module.css';

const texts = messages.editor.test;

/** Beyond this, windows of the agent are not ours. */
const CLOCK_DOUBTFUL_MS = 5_000;

interface TestProps {
  readonly network: string;
  /** `null`: the address is missing or none. */
  readonly agent: TestMachine | null;
}

/** Looks at the agent as it would be watched. A result stands until another agent is meant. */
export function ConnectionTest({ network, agent }: TestProps) {
  return <Test key={JSON.stringify(agent)} network={network} agent={agent} />;
}

function Test({ network, agent }: TestProps) {
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const test = useMutation({
    mutationFn: (asked: TestMachine) => {
      abort.current = new AbortController();
      return testMachine(network, asked, abort.current.signal);
    },
  });
  const isBlocked = agent === null || test.isPending;
  return (
    <section className={classes.test} aria-label={texts.label}>
      <div className={classes.line}>
        <Button size="small" aria-disabled={isBlocked} onClick={() => !isBlocked && test.mutate(agent)}>
          {test.isPending ? texts.busy : test.isIdle ? texts.run : texts.again}
        </Button>
        {test.isIdle && <span className={classes.dim}>{agent === null ? texts.noAddress : texts.lead}</span>}
      </div>
      <div role="status" className={classes.result}>
        {test.isPending && <p className={classes.dim}>{texts.pending}</p>}
        {test.error !== null && <Failed title={texts.failed} detail={sentenceOf(test.error)} advice={null} />}
        {test.data !== undefined && <Result test={test.data} />}
      </div>
    </section>
  );
}

function Result({ test }: { test: MachineTest }) {
  const { reachable, reason, detail, advice, agent } = test;
  return (
    <>
      {reachable ? (
        <p className={classes.title} data-state="up">
          <StateMark state="up" />
          {test.latencyMs === null ? texts.works : fill(texts.worksIn, { time: formatLatency(test.latencyMs) })}
        </p>
      ) : (
        <Failed
          title={reason === null ? texts.failed : fill(texts.failedBy, { reason: reasonWord(reason) })}
          detail={detail}
          advice={advice}
        />
      )}
      {agent !== null && <Facts agent={agent} />}
      <ClockNote offsetMs={test.clockOffsetMs} />
    </>
  );
}

function Failed({ title, detail, advice }: { title: string; detail: string | null; advice: string | null }) {
  return (
    <>
      <p className={classes.title} data-state="down">
        <StateMark state="down" />
        {title}
      </p>
      {detail !== null && <p>{detail}</p>}
      {advice !== null && <p className={classes.dim}>{advice}</p>}
    </>
  );
}

function Facts({ agent: { version, os, cores, memoryBytes } }: { agent: NonNullable<MachineTest['agent']> }) {
  const facts = [
    [texts.os, os],
    [texts.cores, cores],
    [texts.memory, memoryBytes === null ? null : formatBytes(memoryBytes)],
    [texts.version, version],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value ?? messages.table.noValue}</dd>
        </div>
      ))}
    </dl>
  );
}

function ClockNote({ offsetMs }: { offsetMs: number | null }) {
  if (offsetMs === null || Math.abs(offsetMs) < CLOCK_DOUBTFUL_MS) return null;
  return (
    <p className={classes.clock}>
      {fill(offsetMs > 0 ? texts.clockAhead : texts.clockBehind, { time: formatLatency(Math.abs(offsetMs)) })}
    </p>
  );
}
