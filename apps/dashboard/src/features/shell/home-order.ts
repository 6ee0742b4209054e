const orders = new Map<string, readonly string[]>();

/** Keeps in which order the machines of a network were shown last, for as long as this tab lives. */
export function rememberOrder(network: string, names: readonly string[]): void {
  orders.set(network, names);
}

/** The order that was kept, when it has this machine. */
export function rememberedOrder(network: string, machine: string): readonly string[] | null {
  const names = orders.get(network);
  return names?.includes(machine) === true ? names : null;
}
