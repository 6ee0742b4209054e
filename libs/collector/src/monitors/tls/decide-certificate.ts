import { daysLeft, type Presented } from '../check/certificate.ts';
import { dayOf, days, decideTrust } from '../check/decide-trust.ts';
import { fine, wrong, type Finding } from '../check/finding.ts';

/** What a certificate is compared with. */
export interface CertificateWish {
  readonly name: string;
  /** The least number of days that it must still be valid. */
  readonly days: number;
}

/** Whether what a server showed is what it should show, and long enough. */
export function decideCertificate(presented: Presented, wish: CertificateWish, now: Date): Finding {
  const left = daysLeft(presented, now);
  const measures = { daysLeft: left };
  const problems = decideTrust(presented, wish.name, now);
  if (problems.length > 0) return wrong('tls', `${wish.name}: ${problems.join('; ')}.`, measures);
  const end = `ends in ${days(left)}, on ${dayOf(presented.validTo)}`;
  return left < wish.days
    ? wrong(
        'tls',
        `The certificate of ${wish.name} ${end}: there should be ${days(wish.days)} left at least.`,
        measures,
      )
    : fine(`The certificate of ${wish.name} ${end}.`, measures);
}
