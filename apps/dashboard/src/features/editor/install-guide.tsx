import { useState } from 'react';
import { messages } from '../../messages/text.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { AGENT_PORT } from './agent-url.ts';
import classes from './editor-form.module.css';
import { addressIn, type Firewall, firewallCommands, installCommands, restrictCommands, type Source } from './guide.ts';

const texts = messages.editor.guide;

const SOURCES = (Object.keys(texts.source) as Source[]).map(value => ({ value, label: texts.source[value] }));
const FIREWALLS = (['ufw', 'firewalld', 'nftables'] as const).map(value => ({ value, label: value }));
/** Stands in a command until the address is known: it is plain that it has to be replaced. */
const UNKNOWN = 'DISTOMON_ADDRESS';

/** The commands that bring an agent onto a machine and let nobody but distomon read it. */
export function InstallGuide() {
  const [source, setSource] = useState<Source>('kickstart');
  const [firewall, setFirewall] = useState<Firewall>('ufw');
  const [typed, setTyped] = useState(likelyAddress);
  const from = addressIn(typed) ?? UNKNOWN;
  return (
    <details className={classes.more}>
      <summary>{texts.title}</summary>
      <div className={classes.guide}>
        <Segmented label={texts.sourceLabel} segments={SOURCES} value={source} onChange={setSource} />
        <CopyText label={texts.install} text={installCommands(source)} isBlock />
        <p>{texts.sourceText[source]}</p>
        <Field
          label={texts.from}
          value={typed}
          placeholder="10.0.0.2"
          autoComplete="off"
          spellCheck={false}
          hint={texts.fromHint}
          problem={typed.trim() !== '' && addressIn(typed) === null ? texts.fromProblem : undefined}
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <CopyText label={texts.restrict} text={restrictCommands(source, from)} isBlock />
        <p>{texts.restrictText}</p>
        <Segmented label={texts.firewallLabel} segments={FIREWALLS} value={firewall} onChange={setFirewall} />
        <CopyText label={texts.firewall} text={firewallCommands(firewall, from, AGENT_PORT)} isBlock />
        <p>{texts.firewallText[firewall]}</p>
      </div>
    </details>
  );
}

/** Where this page came from is often where distomon looks from; a name or this very machine says nothing about that. */
function likelyAddress(): string {
  const host = location.hostname;
  return /^\d+(\.\d+){3}$/.test(host) && !host.startsWith('127.') ? host : '';
}
