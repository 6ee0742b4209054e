import type { Plugin } from 'vite';

const MODULE = '<script type="module"';

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
      handler: html => {
        if (!html.includes(MODULE)) throw new Error(`index.html has no ${MODULE}> to ask for after the styles.`);
        return html.replaceAll(MODULE, `${MODULE} fetchpriority="low"`);
      },
    },
  };
}
