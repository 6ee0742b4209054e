/** Something that the person who runs the benchmark has to know or to mend; shown without a stack. */
export class Failure extends Error {}
