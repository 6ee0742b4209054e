import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from '#auth';
import { callerOf } from './caller.ts';

/**
 * Who makes the request: a `Principal`, or on a public route `null` for nobody. Parameters of this kind are declared as an
 * interface, so the validation pipe leaves them alone.
 */
export const Who = createParamDecorator((_data: unknown, context: ExecutionContext): Promise<Principal | null> =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);
