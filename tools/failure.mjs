/** Something went wrong that the user can do something about: its message is printed as it is, without a stack. */
export class Failure extends Error {}
