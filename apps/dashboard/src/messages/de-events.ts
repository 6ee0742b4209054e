import type { enEvents } from './en-events.ts';
import type { Translated } from './text.ts';

/** The sentences of the page of events, in German. */
export const deEvents: Translated<typeof enEvents> = {
  events: {
    title: 'Ereignisse',
    titleOf: 'Ereignisse in {network}',
    lead: 'Jeder Wechsel des Status, der neueste zuerst.',
    filters: 'Welche Ereignisse',
    kind: { label: 'Wovon', all: 'Alle', machine: 'Maschinen', service: 'Dienste' },
    period: { label: 'Zeitraum', all: 'Alles', day: '24 Stunden', week: '7 Tage', month: '30 Tage' },
    states: 'Wechsel in diesen Status',
    only: 'Nur {machine}',
    everybody: 'Wieder alles zeigen',
    today: 'Heute',
    yesterday: 'Gestern',
    began: '{name} wird ab hier überwacht',
    became: {
      up: '{name} läuft wieder',
      degraded: '{name}: Beobachter uneins',
      down: '{name} ist ausgefallen',
      unknown: '{name} ist unbekannt',
      maintenance: '{name} ist in Wartung',
    },
    first: {
      up: '{name} läuft',
      degraded: '{name}: Beobachter uneins',
      down: '{name} ist ausgefallen',
      unknown: '{name} ist unbekannt',
      maintenance: '{name} ist in Wartung',
    },
    after: {
      up: 'lief zuvor {duration}',
      degraded: 'zuvor {duration} uneins',
      down: 'zuvor {duration} ausgefallen',
      unknown: 'zuvor {duration} unbekannt',
      maintenance: 'zuvor {duration} in Wartung',
    },
    service: 'Dienst',
    removed: 'nicht mehr überwacht',
    more: 'Ältere Ereignisse zeigen',
    loadingMore: 'Wird gelesen…',
    end: 'Älteres wird nicht aufbewahrt.',
    none: 'Nichts hat sich geändert',
    noneText:
      'Ereignisse sind Wechsel des Status: Eine Maschine fällt aus, ein Dienst antwortet wieder. Bisher gab es keines.',
    noneFilteredText: 'Kein Ereignis passt. Weniger Filter zeigen mehr.',
    loading: 'Ereignisse werden gelesen…',
  },
};
