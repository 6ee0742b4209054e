import { GoogleSignIn } from '#auth';
import type { Clock, Settings } from '#config';
import type { Storage } from '#storage';
import { ProblemException } from '../../problem/problem.ts';
import { GoogleAttempts } from './google-attempts.ts';
import { GoogleStrategy } from './google.strategy.ts';

/** What sign-in by Google is made of. */
interface GoogleWayParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'google' | 'session' | 'publicUrl'>;
}

/** Signing in by Google, when the settings have credentials for it. */
export class GoogleWay {
  readonly isOn: boolean;
  readonly publicUrl: string | null;
  private readonly signIn: GoogleSignIn | null;

  constructor({ storage, clock, settings }: GoogleWayParts) {
    const { google, session, publicUrl } = settings;
    this.publicUrl = publicUrl;
    this.isOn = google !== null;
    this.signIn = google === null ? null : new GoogleSignIn({ storage, clock, session, google });
    // Making it hands it to passport.
    if (google !== null && this.signIn !== null) new GoogleStrategy(google, new GoogleAttempts(this.signIn, clock));
  }

  /** @throws ProblemException 404 `GOOGLE_OFF` */
  require(): GoogleSignIn {
    if (this.signIn !== null) return this.signIn;
    throw new ProblemException(
      404,
      'GOOGLE_OFF',
      'Nobody signs in by Google here: the server has no credentials for it.',
    );
  }
}
