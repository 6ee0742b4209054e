import { Socket } from 'node:net';
import { CHANNEL_FD, type Order, type Report } from './channel.ts';
import { LineSplitter } from './line-splitter.ts';
import { messageOf } from './message-of.ts';
import { PluginWork } from './plugin-work.ts';
import { renderReport } from './render-report.ts';

// The program of a plugin's own process. Started by `launch-plugin.ts`; it ends with the pipe to the server.

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });
const send = (report: Report): void => void channel.write(renderReport(report));
const work = new PluginWork(send);

channel.on('close', () => process.exit());
channel.on('error', () => process.exit());
// Not by node:readline, for which a line ends at U+2028 too: JSON leaves that in the middle of a text.
const orders = new LineSplitter(Number.POSITIVE_INFINITY, line => void work.obey(JSON.parse(line) as Order));
channel.setEncoding('utf8').on('data', (text: string) => orders.push(text));

/** What nobody caught leaves the plugin in an unknown state: the process ends and another one is started. */
process.on('uncaughtException', (error, origin) => {
  const what = origin === 'unhandledRejection' ? 'a rejection' : 'an error';
  const message = `${what} that nobody caught ended its process: ${messageOf(error)}`;
  channel.end(renderReport({ type: 'failed', message }), () => process.exit(1));
});
