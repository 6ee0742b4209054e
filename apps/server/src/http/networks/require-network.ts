import { mayView, type Principal } from '#auth';
import { ProblemException } from '../problem/problem.ts';

/** The networks that somebody may see, of those that there are. */
export function visibleNetworks(networks: readonly string[], viewer: Pick<Principal, 'networks'>): string[] {
  return networks.filter(network => mayView(viewer, network));
}

/**
 * Names a network that is there and that somebody may see. One that is not to be seen is answered as one that does not
 * exist, to the letter.
 *
 * @throws ProblemException 404 `NETWORK_NOT_FOUND`
 */
export function requireNetwork(networks: readonly string[], name: string, viewer: Pick<Principal, 'networks'>): string {
  const visible = visibleNetworks(networks, viewer);
  if (visible.includes(name)) return name;
  const known = visible.length === 0 ? 'There is none that you may see.' : `There are: ${visible.join(', ')}.`;
  throw new ProblemException(404, 'NETWORK_NOT_FOUND', `There is no network "${name}" here. ${known}`);
}
