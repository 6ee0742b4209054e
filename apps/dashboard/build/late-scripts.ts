import type { Plugin } from 'vite';

/**
 * Asks for the first scripts after the styles: on a slow line the bar of the page is there a second sooner, and what the
 * scripts draw no later, because they are most of what has to come.
 */
export function lateScripts(): Plugin {
  return {
    name: 'late-scripts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: html => html.replaceAll('<script type="module"', '<script type="module" fetchpriority="low"'),
    },
  };
}
