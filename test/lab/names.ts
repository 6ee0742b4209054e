import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The names of everything a cluster makes on this host, derived from its own name so that leftovers can be found. */
export interface ClusterNames {
  readonly bridge: string;
  /** nftables table of the family `bridge`. */
  readonly table: string;
  readonly directory: string;
  readonly gateway: string;
}

export interface AgentNames {
  readonly name: string;
  readonly namespace: string;
  readonly address: string;
  readonly directory: string;
  /** The bridge's end of the agent's cable. */
  readonly port: string;
  /** The two ends of the cable that a delaying wire is joined to. */
  readonly wireEnd: string;
  readonly wirePort: string;
}

/** @param subnet the first three numbers of a /24, such as `10.77.0` */
export function clusterNames(name: string, subnet: string): ClusterNames {
  if (!/^[a-z][a-z0-9]{0,7}$/.test(name)) throw new Error(`a cluster's name is 1 to 8 of a-z0-9, not "${name}"`);
  if (!/^\d+\.\d+\.\d+$/.test(subnet)) throw new Error(`a subnet is written like 10.77.0, not "${subnet}"`);
  return {
    bridge: `${name}br`,
    table: `distomon_lab_${name}`,
    directory: join(tmpdir(), `distomon-lab-${name}`),
    gateway: `${subnet}.1`,
  };
}

/** @param index from 1 */
export function agentNames(cluster: string, subnet: string, index: number): AgentNames {
  return {
    name: `n${index}`,
    namespace: `${cluster}-n${index}`,
    address: `${subnet}.${10 + index}`,
    directory: join(clusterNames(cluster, subnet).directory, `n${index}`),
    port: `${cluster}v${index}`,
    wireEnd: `${cluster}w${index}`,
    wirePort: `${cluster}x${index}`,
  };
}
