/** What every field of a form tells to those who cannot see it. @typedef {{ id: string, hint: string, name: string, isWrong: boolean, isRequired: boolean }} SharedProps */

/** @param {SharedProps} shared */
export function inputProps({ id, hint, name, isWrong, isRequired }) {
  return {
    id,
    'data-option': name,
    'aria-describedby': hint,
    'aria-invalid': isWrong,
    'aria-required': isRequired,
  };
}
