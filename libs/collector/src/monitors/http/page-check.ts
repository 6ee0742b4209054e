import type { Access, Clock } from '#config';
import type { BodyBlocks } from '../../reading/body-blocks.ts';
import type { NameLookups } from '../../reading/name-lookups.ts';
import type { Attempt } from '../check/attempt.ts';
import { days } from '../check/decide-trust.ts';
import { fine, found, wrong, type Finding, type Found } from '../check/finding.ts';
import type { Answer, AnswerHead, BodyWish } from './answer.types.ts';
import { decideBody } from './decide-body.ts';
import { decideEncoding, decideHeaders, decideStatus, decideWish } from './decide-head.ts';
import { decideRedirect, isRedirect, type Target } from './decide-redirect.ts';
import type { HttpParameters } from './http-parameters.ts';
import { openPageConnection } from './open-page-connection.ts';
import { requestHeaders } from './request-headers.ts';
import { sendRequest } from './send-request.ts';

interface PageDeps {
  readonly clock: Clock;
  readonly names: NameLookups;
  readonly blocks: BodyBlocks;
  readonly attempt: Attempt;
  readonly parameters: HttpParameters;
  /** It goes to the first origin and to no other, wherever redirects lead; so do headers of the network file. */
  readonly access: Access | null;
}

/** An answer, and who gave it. */
interface Visit {
  readonly answer: Answer;
  /** `null`: another origin than the first, which got no secret. */
  readonly access: Access | null;
  readonly daysLeft: number | null;
}

/** One check of one page: the requests that it takes, and what is made of the last answer. */
export class PageCheck {
  readonly #deps: PageDeps;

  constructor(deps: PageDeps) {
    this.#deps = deps;
  }

  async run(home: URL): Promise<Finding> {
    const { method, body, redirects } = this.#deps.parameters;
    let target: Target = { url: home, method, body };
    for (let followed = 0; ; followed++) {
      const visit = await this.#visit(target, target.url.origin === home.origin);
      if (!visit.ok) return visit.finding;
      const { answer } = visit.value;
      if (redirects === 0 || !isRedirect(answer)) return this.#judge(visit.value);
      const next = decideRedirect(answer, target, { followed, allowed: redirects });
      if (!next.ok) return next.finding;
      target = next.value;
    }
  }

  async #visit(target: Target, isHome: boolean): Promise<Found<Visit>> {
    const { attempt, blocks, parameters } = this.#deps;
    const access = isHome ? this.#deps.access : null;
    const connection = await openPageConnection(attempt, target.url, { ...this.#deps, access });
    if (!connection.ok) return connection;
    const { socket, peer, daysLeft } = connection.value;
    const headers = requestHeaders(isHome ? parameters.sendHeaders : {}, access);
    const wish = (head: AnswerHead): BodyWish => this.#wish(head, target);
    const answer = await sendRequest(attempt, socket, { ...target, headers }, { peer, blocks, wish });
    return answer.ok ? found({ answer: answer.value, access, daysLeft }) : answer;
  }

  #wish(head: AnswerHead, { method }: Target): BodyWish {
    const { redirects, expected } = this.#deps.parameters;
    return redirects > 0 && isRedirect(head) ? 'nothing' : decideWish(head, method, expected);
  }

  async #judge({ answer, access, daysLeft }: Visit): Promise<Finding> {
    const { parameters, attempt } = this.#deps;
    const { expected } = parameters;
    const measures = {
      status: answer.status,
      ...(answer.bytes !== null && { bytes: answer.bytes }),
      ...(daysLeft !== null && { daysLeft }),
    };
    const status = decideStatus(answer, expected, access?.name ?? null);
    if (status !== null) return { ...status, measures };
    // The other side has done its part: what takes time from here on is our own work.
    attempt.ifLate('unobserved', 'distomon did not get through the answer');
    const problem =
      (await decideHeaders(answer, expected, attempt.over)) ??
      (answer.body === null ? null : decideEncoding(answer)) ??
      (answer.body === null ? null : await decideBody(answer.body.bytes, expected, attempt.over));
    if (problem !== null) return wrong('bad_response', problem, measures);
    const certificate = daysLeft === null ? '' : `; its certificate ends in ${days(daysLeft)}`;
    return fine(`${answer.status} in ${Math.round(attempt.elapsedMs)} ms${certificate}.`, measures);
  }
}
