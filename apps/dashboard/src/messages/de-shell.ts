import type { enShell } from './en-shell.ts';
import type { Translated } from './text.ts';

/** The sentences around every page, in German. */
export const deShell: Translated<typeof enShell> = {
  shell: {
    nav: { label: 'Seiten', home: 'Start', compare: 'Vergleich', events: 'Ereignisse', settings: 'Einstellungen' },
    connection: {
      connecting: 'Die Verbindung zu distomon wird aufgebaut.',
      live: 'Zustände kommen, sobald sie sich ändern, Werte jede Sekunde.',
      reconnecting: 'Kein Kontakt zu distomon. Neue Versuche laufen von selbst; danach wird alles neu gelesen.',
    },
    search: { button: 'Suchen', hint: 'Maschinen, Dienste, Seiten und Aktionen suchen ({keys})' },
    theme: 'Farben',
    language: 'Sprache',
  },
  palette: {
    title: 'Suche',
    placeholder: 'Maschine, Dienst oder Seite',
    results: 'Gefunden',
    group: { trouble: 'Gestört', machines: 'Maschinen', services: 'Dienste', pages: 'Seiten', actions: 'Aktionen' },
    none: 'Nichts heißt wie „{query}“',
    reading: 'Maschinen werden gelesen…',
    failed: 'Nicht alles ließ sich lesen; hier können Maschinen oder Dienste fehlen.',
    more: {
      one: '{count} weiterer Treffer; mehr tippen grenzt ein',
      other: '{count} weitere Treffer; mehr tippen grenzt ein',
    },
    where: 'in {network}',
    network: 'Netzwerk {network}',
    account: 'Konto',
    settings: 'Einstellungen: {label}',
    api: 'API-Dokumentation',
    theme: { auto: 'Farben: wie das System', light: 'Farben: hell', dark: 'Farben: dunkel' },
    keys: 'Tasten anzeigen',
    signOut: 'Abmelden',
    signingOut: 'Abmeldung läuft…',
    help: { choose: 'wählen', open: 'öffnen', close: 'schließen' },
  },
  keys: {
    title: 'Tasten',
    close: 'Schließen',
    everywhere: 'Überall',
    search: 'Suchen und überallhin springen',
    filter: 'Liste filtern',
    help: 'Diese Liste anzeigen',
    escape: 'Schließen, was offen ist',
    machine: 'Auf der Seite einer Maschine',
    previous: 'Vorige Maschine',
    next: 'Nächste Maschine',
    or: 'oder',
  },
};
