import { html, render } from 'htm/preact';
import { App } from './app.js';
import { start } from './core/start.js';

const root = document.querySelector('#app');
if (root instanceof HTMLElement) {
  root.replaceChildren();
  render(html`<${App} />`, root);
  await start();
}
