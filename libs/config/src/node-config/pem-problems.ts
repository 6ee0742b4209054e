import { X509Certificate, createPrivateKey } from 'node:crypto';

/** Finds what is wrong with the texts of PEM files (RFC 7468), as far as it can be seen without the other side. */

const CERTIFICATE = '-----BEGIN CERTIFICATE-----';
/** PKCS #8, and the older form with headers (RFC 1421). */
const ENCRYPTED = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/;

/** What is wrong with a file of one or more certificates; `null`: nothing. */
export function certificatesProblem(text: string): string | null {
  const certificates = certificatesIn(text);
  if (certificates.length === 0) return `holds no certificate in PEM form (${CERTIFICATE})`;
  const broken = certificates.findIndex(certificate => read(() => new X509Certificate(certificate)) === null);
  if (broken < 0) return null;
  const { length } = certificates;
  return length === 1
    ? 'holds a certificate that cannot be read'
    : `holds ${length} certificates, and number ${broken + 1} cannot be read`;
}

/** What is wrong with a file of a private key; `null`: nothing. */
export function keyProblem(text: string): string | null {
  if (read(() => createPrivateKey(text)) !== null) return null;
  return ENCRYPTED.test(text)
    ? 'holds a key with a passphrase, for which there is no place here: take it off with openssl pkey'
    : 'holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)';
}

/** Whether the key is that of the first certificate, with which a chain begins. Both have been found right. */
export function belongTogether(certificates: string, key: string): boolean {
  const [first = ''] = certificatesIn(certificates);
  return read(() => new X509Certificate(first).checkPrivateKey(createPrivateKey(key))) === true;
}

/** Each with what follows it, so that one that was cut off before its end is still among them. */
function certificatesIn(text: string): string[] {
  return text.split(new RegExp(`(?=${CERTIFICATE})`)).filter(part => part.startsWith(CERTIFICATE));
}

function read<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}
