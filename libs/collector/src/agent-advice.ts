import type { Reason } from '#config';

/** What to do about an agent that cannot be read. The words of docs/agents.md, where each is told at length. */
const ADVICE: Readonly<Record<Reason, string>> = {
  refused:
    'Nothing listens at this address and port. Is Netdata running there (systemctl status netdata), and does "bind to" in its netdata.conf name more than localhost?',
  timeout:
    'Nothing came back in time. A firewall may drop what distomon sends: open the port (19999 by default) for this node alone. If the agent is merely slow, give the machine a longer timeout.',
  unreachable:
    'There is no way to this address from here. Check the address, the routes and any VPN between this node and the machine.',
  reset:
    'The connection broke in the middle of an answer. A proxy or firewall between may cut it, or the agent was restarting: test again in a moment.',
  dns: 'This name does not resolve on this node. Check its spelling, or write the IP address.',
  tls: 'TLS did not come about. Is it https that the agent speaks, does its certificate name this host, and is its authority known? For a private one name an auth with a ca_file.',
  denied:
    'It answers, but not to distomon. Add the address of this node to "allow connections from" in netdata.conf, or name the auth that it asks for.',
  bad_response:
    'Something answers there that is no Netdata agent. Check port and path: behind a proxy the path is part of the address, at a parent it ends with /host/NAME.',
  too_large: 'The answer is larger than any agent gives. Check that port and path are those of a Netdata agent.',
  stale:
    'The agent answers with old values. Check its clock; when it is read at a parent, check that it still streams there.',
  no_data: 'The agent has no values of CPU and memory yet. When it was just started, test again in a few seconds.',
  unobserved: 'It was distomon that could not look; what stands above says why. The machine itself may be fine.',
};

/** One sentence or two for whoever has to mend it. */
export function adviceOn(reason: Reason): string {
  return ADVICE[reason];
}
