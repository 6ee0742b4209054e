import type { Response } from 'express';

/**
 * What a page of ours may do: load from here, talk to here, and nothing else. Mantine writes `<style>` elements, so
 * styles carry a nonce of each response; scripts are files only, and text becomes markup only through the default
 * Trusted Types policy of `theme-init.js`.
 */
function contentSecurityPolicy(styleNonce: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    styleNonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/** Headers of every answer of the dashboard. `styleNonce` is set for index.html only. */
export function setSecurityHeaders(response: Response, styleNonce: string | null): void {
  response.set({
    'Content-Security-Policy': contentSecurityPolicy(styleNonce),
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    // For browsers that do not know frame-ancestors.
    'X-Frame-Options': 'DENY',
  });
}
