import { durationOr } from '../duration.ts';
import type { MachineEntry, MonitorEntry, NetworkFile, NodeEntry, RuleEntry } from '../network-file.types.ts';
import { normalizeBaseUrl } from '../validation/url-problems.ts';
import { parseYamlFile } from '../yaml/parse-yaml-file.ts';
import { findConflicts } from './find-conflicts.ts';
import { timingOf } from './monitor-defaults.ts';
import {
  type MachineShape,
  type MonitorShape,
  NetworkFileShape,
  type NodeShape,
  type RuleShape,
} from './network-file.shape.ts';
import { quorumOf } from './quorum-of.ts';

/**
 * Reads network.yml and fills in every default. Pure: nothing it names is looked at or contacted, and no signature is
 * checked.
 *
 * @param file how problems name the file
 * @throws ConfigurationError with every problem of the text
 */
export function parseNetworkFile(text: string, file: string): NetworkFile {
  const written = parseYamlFile(text, file, { shape: NetworkFileShape, findConflicts });
  return {
    networkId: written.network_id,
    version: written.version,
    previous: written.previous ?? null,
    machines: (written.machines ?? []).map(machineOf),
    monitors: (written.monitors ?? []).map(monitorOf),
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

function machineOf({ id, name, netdata, host, via, labels }: MachineShape): MachineEntry {
  return {
    id: id ?? null,
    name,
    netdata: netdata === undefined ? null : normalizeBaseUrl(netdata),
    host: host ?? false,
    via: via ?? null,
    labels: labels ?? {},
  };
}

function monitorOf(monitor: MonitorShape): MonitorEntry {
  return { name: monitor.name, kind: monitor.kind, on: monitor.on ?? [], ...timingOf(monitor) };
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
