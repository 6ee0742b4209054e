import { createBrowserHistory, type RouterHistory } from '@tanstack/react-router';

let kept: RouterHistory | undefined;

/** The addresses of this tab. The router follows it, and so does whatever is kept in a parameter. Made when first asked for. */
export function browserHistory(): RouterHistory {
  kept ??= createBrowserHistory();
  return kept;
}
