import type { NetworkDirectory } from './network-directory.ts';

/** The directories of all networks of this process. */
export class NetworkDirectories {
  private readonly directories: readonly NetworkDirectory[];

  constructor(directories: readonly NetworkDirectory[]) {
    this.directories = directories;
  }

  /** @throws ConfigurationError when the database holds another network of the name of one of them */
  async start(): Promise<void> {
    for (const directory of this.directories) await directory.start();
  }

  /** Has the file on disk follow the accepted version, if it is kept here. What goes wrong is in the log, and tried again. */
  async exportNow(network: string): Promise<void> {
    await this.directories.find(directory => directory.network === network)?.lookNow();
  }

  async stop(): Promise<void> {
    await Promise.all(this.directories.map(directory => directory.stop()));
  }
}
