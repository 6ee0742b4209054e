import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { actorOf, type Actor } from '#auth';
import { callerOf } from '../access/caller.ts';
import { originOf } from '../access/origin.ts';
import { etagOf } from './if-match.ts';
import type { EditedNetwork } from './network-file.dto.ts';

/** What an edit needs of its request, beside what is to be edited. */
export interface EditRequest {
  readonly by: Actor;
  /** The header; `undefined`: there was none. */
  readonly ifMatch: string | undefined;
  /** Names the text that came of it in the answer. */
  readonly answer: (edited: EditedNetwork) => EditedNetwork;
}

/** Who edits, and from which text: an {@link EditRequest}. For routes that let nobody in who is not known. */
export const Edits = createParamDecorator(async (_data: unknown, context: ExecutionContext): Promise<EditRequest> => {
  const request = context.switchToHttp().getRequest<Request>();
  const response = context.switchToHttp().getResponse<Response>();
  const principal = await callerOf(request);
  if (principal === null) throw new Error('nobody edits who is not known: the route declares no permission');
  const answer = (edited: EditedNetwork): EditedNetwork => {
    response.set('etag', etagOf(edited.hash));
    return edited;
  };
  return { by: actorOf(principal, originOf(request)), ifMatch: request.headers['if-match'], answer };
});
