/** What Discord's own client would not have let the member do: nothing is sent. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
