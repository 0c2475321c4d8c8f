/** What Discord's own client would not have let the member do, or what is not there: nothing is sent. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** Of the control API's answer. */
  readonly status: 400 | 404;

  constructor(message: string, status: 400 | 404 = 400) {
    super(message);
    this.status = status;
  }
}
