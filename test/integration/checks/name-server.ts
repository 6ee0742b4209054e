import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Ports } from './ports.ts';

// DNS on the wire: RFC 1035 sections 3 and 4, RFC 2782 (SRV), RFC 8659 (CAA). Only what is asked here.

const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
  257: 'CAA',
};
const RCODES: Readonly<Record<string, number>> = { formerr: 1, servfail: 2, nxdomain: 3, notimp: 4, refused: 5 };

const ZONE: Readonly<Record<string, readonly Buffer[]>> = {
  'shop.example A': [address(192, 0, 2, 10), address(192, 0, 2, 11)],
  'shop.example AAAA': [Buffer.from('20010db8000000000000000000000010', 'hex')],
  'www.shop.example CNAME': [name('Shop.example')],
  'shop.example MX': [
    Buffer.concat([number(10), name('mail.shop.example')]),
    Buffer.concat([number(20), name('spare.example')]),
  ],
  'shop.example NS': [name('ns1.example'), name('ns2.example')],
  'shop.example TXT': [Buffer.concat([text('v=spf1 '), text('-all')]), text('token=Ab 1')],
  'shop.example SOA': [Buffer.concat([name('ns1.example'), name('admin.example'), ...[1, 2, 3, 4, 5].map(long)])],
  '_ssh._tcp.shop.example SRV': [Buffer.concat([number(0), number(5), number(22), name('db.shop.example')])],
  'shop.example CAA': [Buffer.concat([Buffer.from([0]), text('issue'), Buffer.from('ca.example')])],
  '10.2.0.192.in-addr.arpa PTR': [name('shop.example')],
  'large.example TXT': Array.from({ length: 40 }, (_, index) => text(`${index} ${'x'.repeat(50)}`)),
};

/** A name server of the test's own, over UDP and TCP. The first label of a name can tell it what to do instead. */
export async function startNameServer(ports: Ports): Promise<number> {
  const udp = createSocket('udp4');
  const port = await ports.listen(createServer(serveTcp));
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  ports.whenOver(() => once(udp.close(), 'close'));
  const lost = new Set<string>();
  udp.on('message', (query, from) => {
    const { queried, behaviour } = questionOf(query);
    if (behaviour === 'silent') return;
    if (behaviour === 'lossy' && !lost.has(queried)) return void lost.add(queried);
    const answer = behaviour === 'garbage' ? garbage(query) : answerTo(query);
    udp.send(answer.length > 512 ? truncated(answer) : answer, from.port, from.address);
  });
  return port;
}

function serveTcp(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.on('data', piece => {
    const answer = answerTo(piece.subarray(2));
    socket.write(Buffer.concat([number(answer.length), answer]));
  });
}

interface Question {
  readonly queried: string;
  readonly type: string;
  readonly behaviour: string;
  readonly end: number;
}

function questionOf(query: Buffer): Question {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = TYPES[query.readUInt16BE(at + 1)] ?? '?';
  return { queried: labels.join('.').toLowerCase(), type, behaviour: labels[0] ?? '', end: at + 5 };
}

function answerTo(query: Buffer): Buffer {
  const { queried, type, behaviour, end } = questionOf(query);
  const rcode = RCODES[behaviour] ?? 0;
  const known = ZONE[`${queried} ${type}`] ?? (behaviour === 'lossy' ? [address(192, 0, 2, 99)] : []);
  const records = known.map(data => record(query.readUInt16BE(end - 4), data));
  // Answer, recursion available; one question, these answers.
  const head = Buffer.concat([
    query.subarray(0, 2),
    Buffer.from([0x85, 0x80 | rcode]),
    ...[1, records.length, 0, 0].map(number),
  ]);
  return Buffer.concat([head, query.subarray(12, end), ...records]);
}

/** The name is the one of the question: a pointer to it. */
function record(type: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xc0, 12]), number(type), number(1), long(60), number(data.length), data]);
}

function truncated(answer: Buffer): Buffer {
  const head = Buffer.from(answer.subarray(0, 12));
  head[2] = (head[2] ?? 0) | 0x02;
  head.fill(0, 6, 8);
  return Buffer.concat([head, answer.subarray(12, questionOf(answer).end)]);
}

/** An answer that promises a record and ends in the middle of it. */
function garbage(query: Buffer): Buffer {
  const { end } = questionOf(query);
  const head = Buffer.concat([query.subarray(0, 2), Buffer.from([0x85, 0x80]), ...[1, 1, 0, 0].map(number)]);
  return Buffer.concat([head, query.subarray(12, end), Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 99, 1])]);
}

function address(...bytes: number[]): Buffer {
  return Buffer.from(bytes);
}

function name(domain: string): Buffer {
  return Buffer.concat([...domain.split('.').map(text), Buffer.from([0])]);
}

function text(characters: string): Buffer {
  return Buffer.concat([Buffer.from([characters.length]), Buffer.from(characters, 'latin1')]);
}

function number(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function long(value: number): Buffer {
  return Buffer.from([0, 0, value >> 8, value & 0xff]);
}
