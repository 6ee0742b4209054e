/** The sentences of Home that are about neither machines nor services alone. */
export const enHome = {
  home: {
    attention: {
      label: 'Needs attention',
      service: 'service',
      more: 'and {count} more',
      moreHint: 'Show all that are down, degraded or unknown',
    },
    counters: {
      label: 'Filter by state',
      /** Under a number, where there is hardly room. */
      short: { up: 'Up', degraded: 'Degraded', down: 'Down', unknown: 'Unknown', maintenance: 'Maint.' },
      only: { one: '{count} {state}: show it only', other: '{count} {state}: show these only' },
      off: '{count} {state}: show the others too',
    },
    group: {
      label: 'Group by',
      none: 'No groups',
      by: 'Group: {label}',
      without: 'without {label}',
      fold: 'Hide {group}',
      unfold: 'Show {group}',
    },
    empty: {
      machines: 'No machine is named in the network “{network}” yet.',
      services: 'No service is named in the network “{network}” yet.',
      ask: 'An admin can add one:',
      askNobody: 'An admin can add one. Ask the people who run this distomon.',
      edit: 'Add machines',
    },
    layout: { label: 'Layout', table: 'As a table', grid: 'As a grid' },
    pause: { by: 'Paused by {by}', until: 'until {moment}' },
    sort: { label: 'Order', by: 'Order: {column}' },
  },
} as const;
