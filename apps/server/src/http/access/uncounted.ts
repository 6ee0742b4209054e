import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';

/** Marks an operation that nobody counts, until the document is finished. */
export const UNCOUNTED_EXTENSION = 'x-uncounted';

/** Lets a route be asked as often as one likes: those that tell whether the process lives. */
export function Uncounted(): ClassDecorator & MethodDecorator {
  return applyDecorators(SkipThrottle(), ApiExtension(UNCOUNTED_EXTENSION, true));
}
