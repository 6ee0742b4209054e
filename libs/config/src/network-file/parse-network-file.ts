import { durationOr } from '../duration.ts';
import type { MonitorKind } from '../monitor-kind.types.ts';
import type { MachineEntry, MonitorEntry, NetworkFile, NodeEntry, RuleEntry } from '../network-file.types.ts';
import { normalizeBaseUrl } from '../validation/url-problems.ts';
import { parseYamlFile } from '../yaml/parse-yaml-file.ts';
import { findConflicts } from './find-conflicts.ts';
import { defaultMonitors, timingOf } from './monitor-defaults.ts';
import {
  type MachineShape,
  type MonitorShape,
  NetworkFileShape,
  type NodeShape,
  type RuleShape,
} from './network-file.shape.ts';
import { isService } from './is-service.ts';
import { withoutEmpty } from './parameters.ts';
import { quorumOf } from './quorum-of.ts';

/**
 * Reads network.yml and fills in every default. Pure: nothing it names is looked at or contacted, and no signature is
 * checked.
 *
 * @param file how problems name the file
 * @param kinds the kinds of monitor that it may name: those built in and those of plugins
 * @throws ConfigurationError with every problem of the text
 */
export function parseNetworkFile(text: string, file: string, kinds: readonly MonitorKind[]): NetworkFile {
  const written = parseYamlFile(text, file, {
    shape: NetworkFileShape,
    findConflicts: checked => findConflicts(checked, kinds),
  });
  const monitors = (written.monitors ?? []).flatMap(monitor => monitorOf(monitor, kinds));
  return {
    networkId: written.network_id,
    version: written.version,
    previous: written.previous ?? null,
    machines: (written.machines ?? []).map(machineOf),
    monitors: [...monitors, ...defaultMonitors(kinds, monitors)],
    quorum: quorumOf(written.quorum ?? {}),
    rules: (written.rules ?? []).map(ruleOf),
    issuedAt: instantOf(written.issued_at),
    expires: instantOf(written.expires),
    threshold: written.threshold ?? null,
    signers: (written.signers ?? []).map(({ name, key }) => ({ name, key })),
    nodes: (written.nodes ?? []).map(nodeOf),
    versionRange: written.version_range ?? null,
  };
}

function machineOf(machine: MachineShape): MachineEntry {
  return {
    id: machine.id ?? null,
    name: machine.name,
    netdata: machine.netdata === undefined ? null : normalizeBaseUrl(machine.netdata),
    host: machine.host ?? false,
    via: machine.via ?? null,
    address: machine.address ?? null,
    auth: machine.auth ?? null,
    timeoutMs: machine.timeout === undefined ? null : durationOr(machine.timeout, 0),
    charts: [...new Set(machine.charts)],
    labels: machine.labels ?? {},
  };
}

/** Empty for a kind that nobody knows, which has been told by then. */
function monitorOf(monitor: MonitorShape, kinds: readonly MonitorKind[]): MonitorEntry[] {
  const known = kinds.find(({ kind }) => kind === monitor.kind);
  if (known === undefined) return [];
  const { kind, gives, needs } = known;
  const { name, on = [] } = monitor;
  const parameters = withoutEmpty(monitor.parameters);
  return [{ name, kind, gives, needs, on, service: isService(known, on), parameters, ...timingOf(monitor) }];
}

function ruleOf({ name, metric, above, below, for: duration, severity }: RuleShape): RuleEntry {
  return {
    name,
    metric,
    above: above ?? null,
    below: below ?? null,
    forMs: durationOr(duration, 0),
    severity: severity ?? 'warning',
  };
}

function nodeOf({ node_id, public_key, url, labels }: NodeShape): NodeEntry {
  return { nodeId: node_id, publicKey: public_key, url: normalizeBaseUrl(url), labels: labels ?? {} };
}

function instantOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}
