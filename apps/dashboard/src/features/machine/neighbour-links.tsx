import { Link } from '@tanstack/react-router';
import type { MachineName } from '../../api/machine-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { useNeighbourKeys, useNeighbours } from '../shell/use-neighbours.ts';
import classes from './neighbour-links.module.css';

const { machine: texts } = messages;

/** The machines before and after this one, as they stand on Home. */
export function NeighbourLinks({ name: { network, machine } }: { name: MachineName }) {
  const neighbours = useNeighbours(network, machine);
  useNeighbourKeys(network, neighbours);
  const { previous, next, index, total } = neighbours;
  if (total < 2 || index < 0) return null;
  return (
    <nav className={classes.links} aria-label={texts.neighbours}>
      <span>{fill(texts.position, { index: index + 1, total })}</span>
      <Neighbour network={network} machine={previous} way="previous" />
      <Neighbour network={network} machine={next} way="next" />
    </nav>
  );
}

interface NeighbourProps {
  readonly network: string;
  readonly machine: string | null;
  readonly way: 'previous' | 'next';
}

function Neighbour({ network, machine, way }: NeighbourProps) {
  const icon = <Icon name={way === 'previous' ? 'back' : 'next'} />;
  if (machine === null) return <span className={classes.link}>{icon}</span>;
  const label = fill(texts[way], { machine });
  return (
    <Link
      to="/machines/$network/$machine"
      params={{ network, machine }}
      search
      replace
      className={classes.link}
      aria-label={label}
      title={label}
    >
      {icon}
    </Link>
  );
}
