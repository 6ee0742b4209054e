import { isIP } from 'node:net';
import type { CaaRecord, MxRecord, SoaRecord, SrvRecord } from 'node:dns';
import type { RecordType } from './dns-parameters.ts';

/** What node:dns gives for one record of a type. */
export type RawRecord = string | readonly string[] | MxRecord | SrvRecord | SoaRecord | CaaRecord;

/** One record as a zone file writes it, without the final dot: `10 mail.example`, `0 issue "letsencrypt.org"`. */
export function recordText(record: RawRecord): string {
  if (typeof record === 'string') return record;
  if (isList(record)) return record.join(''); // the pieces of a TXT record
  if ('exchange' in record) return `${record.priority} ${record.exchange}`;
  if ('port' in record) return `${record.priority} ${record.weight} ${record.port} ${record.name}`;
  if ('nsname' in record) return soaText(record);
  return caaText(record);
}

/** The same text for all ways of writing the same record. */
export function normalizedRecord(text: string, type: RecordType): string {
  if (type === 'TXT') return text;
  const words = text.trim().replace(/\s+/g, ' ');
  if (type === 'CAA') return words.replaceAll('"', '');
  if (isIP(words) !== 0) return canonicalAddress(words);
  return words
    .split(' ')
    .map(word => word.replace(/\.$/, '').toLowerCase())
    .join(' ');
}

function isList(record: RawRecord): record is readonly string[] {
  return Array.isArray(record);
}

function soaText(soa: SoaRecord): string {
  return `${soa.nsname} ${soa.hostmaster} ${soa.serial} ${soa.refresh} ${soa.retry} ${soa.expire} ${soa.minttl}`;
}

function caaText({ critical, ...properties }: CaaRecord): string {
  const [tag = '', value = ''] = Object.entries(properties).find(([key]) => key !== 'type') ?? [];
  return `${critical} ${tag} "${String(value)}"`;
}

/** An IPv6 address has many forms; a URL holds the shortest. */
function canonicalAddress(address: string): string {
  const url = isIP(address) === 6 ? URL.parse(`http://[${address}]`) : null; // none takes a zone, as in fe80::1%eth0
  return url === null ? address.toLowerCase() : url.hostname.slice(1, -1);
}
