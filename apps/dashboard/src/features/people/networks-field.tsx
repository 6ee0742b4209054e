import { useQuery } from '@tanstack/react-query';
import type { User } from '../../api/people-client.ts';
import { networksQuery } from '../../api/queries.ts';
import { messages } from '../../messages/text.ts';
import { CheckGroup, CheckLine } from '../../ui/check-line.tsx';
import classes from './users-page.module.css';

const texts = messages.people.users.form;

interface NetworksFieldProps {
  readonly role: User['role'];
  /** `null`: all of them. */
  readonly value: readonly string[] | null;
  readonly onChange: (networks: readonly string[] | null) => void;
  readonly problem: string | undefined;
}

/** Which networks an account may see. */
export function NetworksField({ role, value, onChange, problem }: NetworksFieldProps) {
  return (
    <CheckGroup label={texts.networks} problem={problem}>
      <CheckLine
        type="radio"
        name="networks"
        label={texts.networksAll}
        checked={value === null}
        onChange={() => onChange(null)}
      />
      <CheckLine
        type="radio"
        name="networks"
        label={texts.networksSome}
        {...(role === 'admin' ? { hint: texts.limitedAdmin } : {})}
        checked={value !== null}
        onChange={() => onChange([])}
      />
      {value !== null && <Names chosen={value} onChange={onChange} />}
    </CheckGroup>
  );
}

interface NamesProps {
  readonly chosen: readonly string[];
  readonly onChange: (networks: readonly string[]) => void;
}

function Names({ chosen, onChange }: NamesProps) {
  const { data: networks, error } = useQuery(networksQuery);
  // Also one that is gone, so that it can be taken away.
  const names = [...new Set([...(networks ?? []).map(({ network }) => network), ...chosen])].toSorted();
  if (networks === undefined && error !== null) return <p className={classes.dim}>{texts.networksUnknown}</p>;
  return (
    <div className={classes.names}>
      {names.map(name => (
        <CheckLine
          key={name}
          type="checkbox"
          label={name}
          checked={chosen.includes(name)}
          onChange={isChosen => onChange(names.filter(one => (one === name ? isChosen : chosen.includes(one))))}
        />
      ))}
    </div>
  );
}
