/** What of the server can be chosen. */
export interface ServerOptions {
  readonly fast: boolean;
  readonly maxConnections: number;
}

/**
 * The server's settings, `name=value`: small (34 MiB idle), reachable from this machine only, and quiet about
 * statements that fail, because whoever sent them is told.
 */
export function serverSettings({ fast, maxConnections }: ServerOptions): string[] {
  return [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `max_connections=${maxConnections}`,
    'shared_buffers=64MB',
    // What is read is nearly always in the system's cache: handing it to workers costs more than reading it.
    'io_method=sync',
    // Without replication a minimal log is enough, and bulk loads skip it.
    'wal_level=minimal',
    'max_wal_senders=0',
    // Compiling costs more than it saves on queries of a few milliseconds.
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_destination=stderr',
    'log_line_prefix=',
    'log_min_messages=log',
    'log_checkpoints=off',
    ...(fast ? ['fsync=off', 'full_page_writes=off'] : []),
  ];
}
