import { daysBetween, showNames, type Presented } from './certificate.ts';

const OWN_AUTHORITY = 'if the authority is one of your own, name its certificate: auth with ca_file';

/**
 * What a browser would refuse a server for, each as a part of a sentence. Empty: it is the one that was asked for, and an
 * authority that is trusted says so.
 */
export function decideTrust(presented: Presented, name: string, now: Date): string[] {
  const problems: string[] = [];
  const dates = dateProblem(presented, now);
  if (dates !== null) problems.push(dates);
  if (!presented.fitsName) problems.push(`the certificate is for ${showNames(presented.names)}, not for ${name}`);
  const chain = presented.chainError === null ? null : chainProblem(presented.chainError, presented);
  // OpenSSL tells of one problem only; when that is the date, it is told already.
  if (chain !== null && !(dates !== null && isDateError(presented.chainError))) problems.push(chain);
  return problems;
}

function dateProblem({ validFrom, validTo }: Presented, now: Date): string | null {
  if (validTo.getTime() <= now.getTime())
    return `the certificate ended ${days(daysBetween(validTo, now))} ago, on ${dayOf(validTo)}`;
  return validFrom.getTime() > now.getTime() ? `the certificate is not valid before ${validFrom.toISOString()}` : null;
}

function chainProblem(code: string, { issuer, isAlone }: Presented): string {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `the certificate is self-signed: no authority vouches for it (${OWN_AUTHORITY})`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return `the authority ${issuer} is not trusted here (${OWN_AUTHORITY})`;
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return isAlone
        ? `the chain is incomplete: the server does not send the certificate of its issuer ${issuer}, which is no authority that is trusted here (${OWN_AUTHORITY})`
        : `the issuer ${issuer} is unknown here (${OWN_AUTHORITY})`;
    case 'CERT_HAS_EXPIRED':
      return 'a certificate above it in the chain has ended';
    case 'CERT_NOT_YET_VALID':
      return 'a certificate above it in the chain is not valid yet';
    case 'INVALID_PURPOSE':
      return 'the certificate is not made for servers';
    default:
      return `the certificate is not accepted (${code})`;
  }
}

function isDateError(code: string | null): boolean {
  return code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID';
}

/** How long a number of whole days is: `1 day`, `12 days`. */
export function days(count: number): string {
  if (count === 0) return 'less than a day';
  return count === 1 ? '1 day' : `${count} days`;
}

/** The day of an instant in UTC. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
