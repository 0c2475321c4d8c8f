import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';

/** What `html` makes: text in which every interpolated value is escaped. */
export type Markup = ReturnType<typeof html>;

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; accent-color: #5865f2; }
body { margin: 0; background: light-dark(#f2f3f5, #1e1f22); color: light-dark(#1e1f22, #f2f3f5); }
main { max-width: 40rem; margin: 2rem auto; padding: 1.5rem; border-radius: .5rem; background: light-dark(#fff, #313338); }
h1 { font-size: 1.25rem; margin-top: 0; }
fieldset { border: 1px solid light-dark(#c4c9ce, #4e5058); border-radius: .25rem; max-height: 24rem; overflow: auto; }
label { display: flex; gap: .5rem; align-items: baseline; padding: .25rem 0; overflow-wrap: anywhere; }
small { color: light-dark(#4e5058, #b5bac1); }
button { font: inherit; padding: .5rem 1rem; border: 0; border-radius: .25rem; background: #4752c4; color: #fff; }
button.quiet { background: light-dark(#d7d9dc, #4e5058); color: inherit; }
a { color: light-dark(#3c45a5, #a5b0ff); }
:focus-visible { outline: 3px solid light-dark(#3c45a5, #a5b0ff); outline-offset: 2px; }
`;
// Whole, so that no formatting of the page comes between the style and its hash.
const styleElement = `<style>${style}</style>`;
const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * Serves a page that runs no script, loads nothing, and cannot be framed (a click on it cannot be stolen).
 * `formTarget` is where a form may lead besides here: browsers hold redirects after a form to the same rule.
 */
export function servePage(c: Context, status: 200 | 400, title: string, body: Markup, formTarget = '') {
  c.header(
    'content-security-policy',
    `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${formTarget}; base-uri 'none'; frame-ancestors 'none'`,
  );
  c.header('x-frame-options', 'DENY');
  c.header('referrer-policy', 'no-referrer');
  c.header('cache-control', 'no-store');
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>${title}</title>
          ${raw(styleElement)}
        </head>
        <body>
          <main>
            <h1>${title}</h1>
            ${body}
          </main>
        </body>
      </html>`,
    status,
  );
}
