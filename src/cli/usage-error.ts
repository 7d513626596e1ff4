/** A mistake of the person who typed: the program says it and ends with 2. The message is in the operator's language. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
