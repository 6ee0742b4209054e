import type { enHome } from './en-home.ts';
import type { Translated } from './text.ts';

/** The sentences of Home that are about neither machines nor services alone, in German. */
export const deHome: Translated<typeof enHome> = {
  home: {
    attention: {
      label: 'Braucht Aufmerksamkeit',
      service: 'Dienst',
      more: 'und {count} mehr',
      moreHint: 'Alles zeigen, was ausgefallen, uneins oder unbekannt ist',
    },
    counters: {
      label: 'Nach Status filtern',
      short: { up: 'Läuft', degraded: 'Uneins', down: 'Ausfall', unknown: 'Unbek.', maintenance: 'Wart.' },
      only: { one: '{count} {state}: nur diese Zeile zeigen', other: '{count} {state}: nur diese Zeilen zeigen' },
      off: '{count} {state}: auch die anderen zeigen',
    },
    group: {
      label: 'Gruppieren nach',
      none: 'Ohne Gruppen',
      by: 'Gruppe: {label}',
      without: 'ohne {label}',
      fold: '{group} ausblenden',
      unfold: '{group} einblenden',
    },
    empty: {
      machines: 'Im Netzwerk „{network}“ ist noch keine Maschine eingetragen.',
      services: 'Im Netzwerk „{network}“ ist noch kein Dienst eingetragen.',
      ask: 'Ein Admin kann das tun:',
      askNobody: 'Ein Admin kann das tun. Wer dieses distomon betreibt, weiß weiter.',
      edit: 'Maschinen hinzufügen',
    },
    layout: { label: 'Ansicht', table: 'Als Tabelle', grid: 'Als Raster' },
    pause: { by: 'Pausiert von {by}', until: 'bis {moment}' },
    sort: { label: 'Reihenfolge', by: 'Folge: {column}' },
  },
};
