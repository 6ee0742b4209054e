import { join } from 'node:path';
import { procDirectory } from './fake-machines.ts';
import type { AgentNames } from './names.ts';

export const AGENT_PORT = 19_999;

/** What each point of an agent's first tier above the seconds is about: short, so that a test does not wait for one. */
const COARSE_SECONDS = 10;

export interface AgentConfiguration {
  readonly agent: AgentNames;
  /** Addresses that may ask, besides the agent itself. */
  readonly allowed: readonly string[];
  /** Addresses of the agents that stream to this one. */
  readonly children: readonly string[];
}

/** What every child knows and the parent asks for. */
const STREAM_KEY = '11111111-2222-4333-8444-555555555555';

/**
 * The netdata.conf of an agent: a real one, but only with the plugins that make the charts of a row, and those read the
 * made-up /proc of its machine.
 */
export function renderNetdataConf({ agent, allowed, children }: AgentConfiguration): string {
  return [general(agent), web(agent, allowed, children), PLUGINS, procPlugin(procDirectory(agent.directory))].join(
    '\n',
  );
}

function general({ name, directory }: AgentNames): string {
  return `[global]
    hostname = ${name}
    run as user = netdata
    process nice level = 0
    process scheduling policy = keep
    OOM score = keep
    timezone = UTC
    enable metric correlations = no
[directories]
    config = ${join(directory, 'etc')}
    stock config = /usr/lib/netdata/conf.d
    cache = ${join(directory, 'cache')}
    lib = ${join(directory, 'lib')}
    log = ${join(directory, 'log')}
    home = ${join(directory, 'home')}
    web = /usr/share/netdata/web
    plugins = /usr/lib/netdata/plugins.d
[logs]
    debug = none
    error = ${join(directory, 'log/error.log')}
    access = ${join(directory, 'log/access.log')}
    health = none
[db]
    update every = 1
    mode = dbengine
    enable replication = no
    storage tiers = 3
    dbengine tier 1 update every iterations = ${COARSE_SECONDS}
[health]
    enabled = no
[registry]
    enabled = no
[ml]
    enabled = no
[statsd]
    enabled = no`;
}

/** The stream.conf of a parent, of a child of `parent`, or (both empty) of an agent that does not stream. */
export function renderStreamConf(children: readonly string[], parent: string | null): string {
  if (parent !== null)
    return `[stream]\n    enabled = yes\n    destination = ${parent}:${AGENT_PORT}\n    api key = ${STREAM_KEY}\n`;
  if (children.length === 0) return '';
  return `[${STREAM_KEY}]
    enabled = yes
    allow from = ${children.join(' ')}
    default memory mode = dbengine
    health enabled by default = no
`;
}

/** Who may ask is decided by address alone: with a name to look up, the agent would wait for a DNS server. */
function web({ address }: AgentNames, allowed: readonly string[], children: readonly string[]): string {
  const members = ['localhost', address, ...allowed].join(' ');
  const streaming = children.length === 0 ? '!*' : children.join(' ');
  return `[web]
    bind to = ${address}
    default port = ${AGENT_PORT}
    web server threads = 2
    allow connections from = ${[members, ...children].join(' ')}
    allow dashboard from = ${members}
    allow badges from = !*
    allow streaming from = ${streaming}
    allow netdata.conf from = !*
    allow management from = !*
    allow connections by dns = no
    allow dashboard by dns = no
    allow badges by dns = no
    allow streaming by dns = no
    allow netdata.conf by dns = no
    allow management by dns = no`;
}

const DISABLED_PLUGINS = `
  timex idlejitter tc cgroups statsd checks slabinfo apps charts.d python.d go.d node.d fping ioping nfacct perf cups
  ebpf freeipmi`;

const PLUGINS = `[plugins]
    enable running new plugins = no
    netdata monitoring = no
${switchedOff(DISABLED_PLUGINS)}
    proc = yes
    diskspace = yes`;

const DISABLED_PROC_MODULES = `
  /proc/net/wireless /proc/sys/kernel/random/entropy_avail /proc/pressure /proc/interrupts /proc/softirqs
  /proc/net/softnet_stat /proc/sys/kernel/sem /sys/kernel/mm/ksm /sys/block/zram /sys/devices/system/edac/mc
  /sys/devices/system/node /proc/net/sockstat /proc/net/sockstat6 /proc/net/netstat /proc/net/snmp /proc/net/snmp6
  /proc/net/sctp/snmp /proc/net/ip_vs/stats /proc/net/stat/conntrack /proc/net/stat/synproxy /proc/mdstat
  /proc/net/rpc/nfsd /proc/net/rpc/nfs /proc/spl/kstat/zfs/arcstats /proc/spl/kstat/zfs/pool/state /sys/fs/btrfs ipc
  /sys/class/power_supply /sys/class/infiniband`;

/** One line for each name, switching it off. */
function switchedOff(names: string): string {
  return names
    .trim()
    .split(/\s+/)
    .map(name => `    ${name} = no`)
    .join('\n');
}

/** In a namespace eth0 is virtual, and of virtual interfaces the agent makes no `system.net`: so none counts as such. */
function procPlugin(proc: string): string {
  return `[plugin:proc]
${switchedOff(DISABLED_PROC_MODULES)}
[plugin:proc:/proc/stat]
    cpu interrupts = no
    context switches = no
    processes started = no
    cpu frequency = no
    cpu idle states = no
    per cpu core utilization = no
    filename to monitor = ${proc}/stat
[plugin:proc:/proc/diskstats]
    exclude disks = loop* ram* zram*
    filename to monitor = ${proc}/diskstats
[plugin:proc:/proc/meminfo]
    filename to monitor = ${proc}/meminfo
[plugin:proc:/proc/loadavg]
    filename to monitor = ${proc}/loadavg
[plugin:proc:/proc/uptime]
    filename to monitor = ${proc}/uptime
[plugin:proc:/proc/net/dev]
    path to get virtual interfaces = /nonexistent/%s
    filename to monitor = ${proc}/netdev
[plugin:proc:diskspace]
    exclude space metrics on paths = /proc/* /sys/* /dev /dev/* /run /run/*
`;
}
