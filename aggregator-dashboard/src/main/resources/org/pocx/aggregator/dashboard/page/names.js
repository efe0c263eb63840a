// The names that the owner, or the miner itself, gives the machines. The table of the machines brings them.

import { idButton } from "./dom.js";
import { shortId } from "./format.js";

let names = new Map();

/** The name to show beside a machine's id; empty where it has none, or its id ends with it. */
export const nameOf = ({ machineId, name }) => (name && !machineId.endsWith(`/${name}`) ? name : "");

/** Takes the names of all machines. */
export function learnNames(machines) {
  names = new Map(machines.filter(nameOf).map((machine) => [machine.machineId, nameOf(machine)]));
}

/** The name of a machine, else its id. */
export const called = (id) => names.get(id) || shortId(id);

/** The name of a machine with its id, where it has a name. */
export const calledWithId = (id) => (names.has(id) ? `${names.get(id)} (${shortId(id)})` : shortId(id));

/** A machine by its name, where it has one; its id is shown on hover and focus, and copied by a click. */
export function machineButton(id) {
  return idButton(id, called(id), names.get(id));
}
