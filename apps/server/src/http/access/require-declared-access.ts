import type { INestApplication } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS_RULE } from './access-rule.ts';

/**
 * Looks at every route of the application before it listens.
 *
 * @throws Error that names the routes without a declared rule
 */
export function requireDeclaredAccess(app: INestApplication): void {
  const undeclared = app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => (typeof metatype === 'function' ? undeclaredRoutesOf(metatype) : []));
  if (undeclared.length === 0) return;
  throw new Error(
    `These routes do not say who may use them: ${undeclared.join(', ')}. Give each @Allow, @Public or @OwnAccountOnly.`,
  );
}

/** The routes of a controller that nobody may use, as `Class.method`. */
export function undeclaredRoutesOf(controller: Function): string[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const reflector = new Reflector();
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .filter(name => {
      const handler = prototype[name];
      if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return false;
      return reflector.getAllAndOverride<unknown>(ACCESS_RULE, [handler, controller]) === undefined;
    })
    .map(name => `${controller.name}.${name}`);
}
