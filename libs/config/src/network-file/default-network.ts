import { nameFrom } from '../validation/text-problems.ts';

/** What the first network.yml of a node is made of. */
export interface DefaultNetwork {
  /** The name of this host; what a name may not hold is replaced. */
  readonly machineName: string;
  /** The label of the process that runs on this host and therefore reads it. */
  readonly via: string;
  /** The base URL of the Netdata agent that answered on this host. `null`: none did. */
  readonly agent: string | null;
  readonly issuedAt: Date;
}

/** The network.yml that is written when there is none: a network `local` that watches this host. */
export function defaultNetworkText({ machineName, via, agent, issuedAt }: DefaultNetwork): string {
  const name = quote(nameFrom(machineName));
  const watched = agent === null ? 'host: true' : `netdata: ${quote(agent)}`;
  return `# What this network watches. A change is taken over without a restart; a file with a problem changes nothing.
network_id: local
# Rises with every change. After an edit by hand distomon raises it itself.
version: 1
issued_at: ${issuedAt.toISOString()}

# To watch another machine, install Netdata on it (https://learn.netdata.cloud) and add its agent's address:
#
#   - name: db-1
#     netdata: http://10.0.0.11:19999
#     labels: { tier: db }
#
# id      optional and never changed: with it a machine keeps its history when its name changes
# via     only the distomon process with this PROCESS_LABEL reads the machine
# host    true: no agent, the process named by via tells about the host that it runs on
# auth    the name of a secret in nodeconf.yml, for an agent that asks for one
machines:
${agent === null ? NO_AGENT : ''}  - name: ${name}
    ${watched}
    via: ${quote(via)}

# How the machines are checked. Without this list every machine is checked every 10 s, with 3 s to answer.
#
# monitors:
#   - { name: agents, kind: netdata, interval: 10s, timeout: 3s }
#   - { name: databases, kind: netdata, interval: 5s, on: [db-1, tier=db] }
#
# A check with a target of its own is a service: a web page, a port, a certificate. Below monitors: too.
#
#   - { name: shop, kind: http, url: "https://shop.example/health", interval: 30s }

# A machine is down when enough observers agree that it missed this many checks in a row.
quorum: { observers: 1, agree: 1, misses: 3 }

# rules:
#   - { name: cpu-high, metric: cpu, above: 90, for: 5m, severity: warning }
`;
}

const NO_AGENT = `  # No Netdata agent answered on this host, so distomon watches it itself. With an agent, write instead of host: true
  # netdata: http://127.0.0.1:19999
`;

/** JSON's quoted text is YAML's too; without quotes a host called 0815 would be read as a number. */
function quote(text: string): string {
  return JSON.stringify(text);
}
