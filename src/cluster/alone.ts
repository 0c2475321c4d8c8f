import { refusal } from './requests.ts';

/** Restarts, drains and reshards come one at a time: two at once could leave a shard with no process, or two. */
export class Alone {
  #underWay: string | undefined;

  /** Returns what ends it. Refuses (409) while something else is under way. */
  begin(what: string): () => void {
    if (this.#underWay !== undefined)
      throw refusal(409, `${this.#underWay} is under way; try again when it has ended`);
    this.#underWay = what;
    return () => (this.#underWay = undefined);
  }
}
