import type { enCompare } from './en-compare.ts';
import type { Translated } from './text.ts';

/** The sentences of the page that compares machines, in German. */
export const deCompare: Translated<typeof enCompare> = {
  compare: {
    title: 'Vergleich',
    titleOf: '{metric} in {network}',
    lead: 'Eine Messgröße von allen Maschinen nebeneinander.',
    metricLabel: 'Was verglichen wird',
    metric: {
      cpu: 'CPU',
      memory: 'Arbeitsspeicher',
      memoryUsed: 'Arbeitsspeicher in Bytes',
      swap: 'Swap',
      disk: 'Root-Mount',
      diskFullest: 'Vollster Mount',
      diskRead: 'Disk gelesen',
      diskWrite: 'Disk geschrieben',
      netIn: 'Netz empfangen',
      netOut: 'Netz gesendet',
      load1: 'Last',
      uptime: 'Laufzeit',
    },
    chartTitle: {
      one: '{metric} von {count} Maschine',
      other: '{metric} von {count} Maschinen',
    },
    filter: 'Maschinen filtern',
    placeholder: 'Nach Name oder Label filtern',
    clear: 'Filter leeren',
    rankCaption: 'Die Maschinen des Diagramms, der Reihe nach',
    column: { machine: 'Maschine', last: 'Jetzt', mean: 'Mittel', max: 'Höchster' },
    sortHint: 'Sortieren nach {column}',
    highestAt: 'Am höchsten: {moment}',
    pin: 'Linie von {machine} vorn halten',
    unpin: 'Linie von {machine} nicht mehr vorn halten',
    open: '{machine} öffnen',
    noMatch: 'Keine Maschine passt zu „{filter}“',
    noMachines: 'Keine Maschine zum Vergleichen',
    noMachinesText: 'Sobald das Netzwerk Maschinen hat, zeigt diese Seite eine Messgröße von allen.',
  },
};
