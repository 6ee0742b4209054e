import { useEffect } from 'react';

const ICONS = { normal: '/favicon.svg', warning: '/favicon-warning.svg', down: '/favicon-down.svg' } as const;

/** Which icon a tab shows. */
export type TabIcon = keyof typeof ICONS;

/** What the tab looks like: the worst of what its page is about, also from afar. The next page begins without. */
export function useTabIcon(icon: TabIcon): void {
  useEffect(() => {
    show(icon);
    return () => show('normal');
  }, [icon]);
}

function show(icon: TabIcon): void {
  document.querySelector('link[rel="icon"]')?.setAttribute('href', ICONS[icon]);
}
