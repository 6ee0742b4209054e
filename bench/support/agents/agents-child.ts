/**
 * The agents: as a process of its own, one listener for each machine, whole answers out of prepared buffers. Nothing
 * here is measured, so it only has to be cheap.
 */
import { createServer, type Socket } from 'node:net';
import { Answers, type AnswerKind } from './answers.ts';
import { readRecording } from './recording.ts';

/** What the parent may ask of this process. */
export type Command =
  | { readonly do: 'listen'; readonly addresses: readonly string[]; readonly port: number }
  | { readonly do: 'count' };

/** How often each kind of answer was given. */
export type Counts = Readonly<Record<AnswerKind, number>>;

export type Reply = { readonly counts: Counts } | { readonly problem: string };

const answers = new Answers(readRecording());
const counts: Record<AnswerKind, number> = { json: 0, prometheus: 0, data: 0, info: 0, chart: 0, unknown: 0 };

function serve(socket: Socket): void {
  let unread = '';
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', piece => {
    unread += piece.toString('latin1');
    for (let end = unread.indexOf('\r\n\r\n'); end >= 0; end = unread.indexOf('\r\n\r\n')) {
      answerTo(socket, unread);
      unread = unread.slice(end + 4);
    }
  });
}

function answerTo(socket: Socket, request: string): void {
  const start = request.indexOf(' ') + 1;
  const { kind, bytes } = answers.of(request.slice(start, request.indexOf(' ', start)));
  counts[kind] += 1;
  socket.write(bytes);
}

function listen(address: string, port: number): Promise<void> {
  const server = createServer(serve);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, backlog: 64 }, resolve);
  });
}

async function obey(command: Command): Promise<Reply> {
  try {
    if (command.do === 'listen') for (const address of command.addresses) await listen(address, command.port);
    return { counts };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (command: Command) => void obey(command).then(reply => process.send?.(reply)));
// The parent is gone: nobody needs these agents any more.
process.on('disconnect', () => process.exit(0));
