import { cardOf, chartOf } from '../support/charts.ts';
import { messages } from '../support/words.ts';
import { GONE, MACHINES } from '../support/world.ts';
import { ADMINS, heading, SIGNED_IN, type PageCase } from './page-case.ts';

const { machine, charts } = messages;

/** The pages that are about machines. */
export const MACHINE_PAGES: readonly PageCase[] = [
  {
    name: 'a machine, live',
    path: `/machines/acme/${MACHINES[0]}`,
    as: 'user',
    shown: page => chartOf(page, machine.tile.cpu),
    access: SIGNED_IN,
  },
  {
    name: 'a machine with its past',
    path: `/machines/acme/${MACHINES[0]}?range=24h`,
    as: 'admin',
    shown: page => chartOf(page, machine.tile.cpu),
  },
  {
    name: 'a machine with a chart as a table',
    path: `/machines/acme/${MACHINES[0]}?range=24h`,
    as: 'admin',
    shown: page => chartOf(page, machine.tile.cpu),
    act: page => cardOf(page, machine.tile.cpu).getByRole('button', { name: charts.table }).click(),
  },
  {
    name: 'a machine that is down',
    path: `/machines/acme/${GONE}`,
    as: 'user',
    shown: page => page.getByText(machine.noNow),
  },
  {
    name: 'a machine that never answered, with its past',
    path: `/machines/acme/${GONE}`,
    as: 'admin',
    shown: page => page.getByText(machine.noPast),
  },
  {
    name: 'a machine whose name looks like a file',
    path: `/machines/acme/${MACHINES[2]}`,
    as: 'user',
    shown: page => heading(page, MACHINES[2]),
    access: SIGNED_IN,
  },
  {
    name: 'a machine that is not there',
    path: '/machines/acme/nowhere',
    as: 'user',
    expected: /404.*\/machines\/nowhere/,
    shown: page => page.getByText(machine.missingText),
  },
  {
    name: 'compare',
    path: '/compare',
    as: 'admin',
    shown: page => page.getByRole('application'),
    access: ADMINS,
  },
  {
    name: 'events',
    path: '/events',
    as: 'admin',
    shown: page => page.getByText(messages.events.end),
    access: ADMINS,
  },
];
