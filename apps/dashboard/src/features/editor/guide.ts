/** How an agent comes onto a machine. */
export type Source = 'kickstart' | 'package';
/** What guards the port beside the agent itself. */
export type Firewall = 'ufw' | 'firewalld' | 'nftables';

/** An address, a network of them, or a name: nothing that a shell would take for something else. */
const ADDRESS = /^[A-Za-z0-9][A-Za-z0-9._:-]*(\/\d{1,3})?$/;

/** Where distomon comes from, as a command may hold it; `null`: that is no address. */
export function addressIn(text: string): string | null {
  const address = text.trim();
  return ADDRESS.test(address) ? address : null;
}

/** What installs Netdata, without its telemetry and without questions. */
export function installCommands(source: Source): string {
  if (source === 'package') return 'sudo apt-get update\nsudo apt-get install --yes netdata';
  return [
    'curl -fsSL https://get.netdata.cloud/kickstart.sh -o /tmp/netdata-kickstart.sh',
    'sh /tmp/netdata-kickstart.sh --stable-channel --disable-telemetry --non-interactive',
  ].join('\n');
}

/**
 * What lets only one address in. Appended: of a key that stands twice, the last one counts, in versions 1 and 2 alike. The
 * package of Debian listens at 127.0.0.1 alone until it is told otherwise.
 *
 * @param from where distomon comes from
 */
export function restrictCommands(source: Source, from: string): string {
  const directory = source === 'package' ? [] : ['[ -d "$dir" ] || dir=/opt/netdata/etc/netdata'];
  return [
    'dir=/etc/netdata',
    ...directory,
    `sudo tee -a "$dir/netdata.conf" > /dev/null <<'END'`,
    '',
    '[web]',
    '    bind to = *',
    `    allow connections from = localhost ${from}`,
    `    allow dashboard from = localhost ${from}`,
    '    allow connections by dns = no',
    '    allow dashboard by dns = no',
    'END',
    'sudo systemctl restart netdata',
  ].join('\n');
}

/** What opens the port for that address alone. */
export function firewallCommands(firewall: Firewall, from: string, port: string): string {
  const family = from.includes(':') ? 'ipv6' : 'ipv4';
  switch (firewall) {
    case 'ufw':
      return `sudo ufw allow proto tcp from ${from} to any port ${port}`;
    case 'firewalld':
      return [
        `sudo firewall-cmd --permanent --add-rich-rule='rule family="${family}" source address="${from}" port port="${port}" protocol="tcp" accept'`,
        'sudo firewall-cmd --reload',
      ].join('\n');
    case 'nftables':
      return [
        `sudo nft -f - <<'END'`,
        'table inet netdata_agent {',
        '  chain input {',
        '    type filter hook input priority filter; policy accept;',
        '    iif "lo" accept',
        `    ${family === 'ipv6' ? 'ip6' : 'ip'} saddr ${from} tcp dport ${port} accept`,
        `    tcp dport ${port} drop`,
        '  }',
        '}',
        'END',
      ].join('\n');
  }
}
