import { setState } from './store.js';

const key = 'shoal-playground-theme';
const themes = ['auto', 'dark', 'light'];

export function restoreTheme() {
  applyTheme(localStorage.getItem(key) ?? 'auto');
}

/** @param {string} current */
export function nextTheme(current) {
  const next = themes[(themes.indexOf(current) + 1) % themes.length] ?? 'auto';
  localStorage.setItem(key, next);
  applyTheme(next);
}

/** `auto` follows the system (prefers-color-scheme). @param {string} theme */
function applyTheme(theme) {
  document.documentElement.dataset['theme'] = theme;
  setState({ theme });
}
