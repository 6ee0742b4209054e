import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { AccessRule, Permission } from '#auth';

/** Under which key a route, or a whole controller, keeps its rule. */
export const ACCESS_RULE = 'distomon:access-rule';
/** Where the OpenAPI document says the rule of an operation. */
export const RULE_EXTENSION = 'x-permission';

type RouteDecorator = ClassDecorator & MethodDecorator;

/** Lets those in who have this permission, by a session or by a token. What stands at a method counts more than what stands at its class. */
export function Allow(permission: Permission): RouteDecorator {
  return declare(permission);
}

/** Lets everybody in, also who is not signed in. */
export function Public(): RouteDecorator {
  return declare('public');
}

/** Lets people in who are signed in by a session: what they do with their own account, and no token may. */
export function OwnAccountOnly(): RouteDecorator {
  return declare('own-account');
}

function declare(rule: AccessRule): RouteDecorator {
  return applyDecorators(SetMetadata(ACCESS_RULE, rule), ApiExtension(RULE_EXTENSION, rule));
}
