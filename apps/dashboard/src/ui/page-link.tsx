import type { ComponentProps } from 'react';
import { goTo } from './use-url-param.ts';

/** A link within the application for where there is no router around, or no route to name. */
export function PageLink({ href, ...link }: ComponentProps<'a'> & { href: string }) {
  return (
    <a
      {...link}
      href={href}
      onClick={event => {
        // With a key held down it is for another tab or window.
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        goTo(href);
      }}
    />
  );
}
