import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { onMenu } from '../core/menu.js';

/** @import { MenuItem, OpenMenu } from '../core/menu.js' */

/** Room that the menu keeps to the edges of the window, in pixels. */
const margin = 8;

export function ContextMenu() {
  const [menu, setMenu] = useState(/** @type {OpenMenu | null} */ (null));
  useEffect(() => onMenu(setMenu), []);
  if (!menu) return null;
  const close = () => {
    setMenu(null);
    menu.from?.focus();
  };
  return html`<${Menu} menu=${menu} onClose=${close} />`;
}

/** @param {{ menu: OpenMenu, onClose: () => void }} props */
function Menu({ menu, onClose }) {
  const [active, setActive] = useState(0);
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  useLayoutEffect(() => place(box.current, menu), [menu]);
  useLayoutEffect(() => {
    const item = box.current?.querySelectorAll('button')[active];
    item?.focus();
  }, [active, menu]);
  useEffect(() => {
    const onPress = (/** @type {PointerEvent} */ event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [menu]);
  const last = menu.items.length - 1;
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'ArrowDown') setActive(active === last ? 0 : active + 1);
    else if (event.key === 'ArrowUp') setActive(active === 0 ? last : active - 1);
    else if (event.key === 'Home') setActive(0);
    else if (event.key === 'End') setActive(last);
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
  };
  const run = (/** @type {MenuItem} */ item) => {
    onClose();
    void item.act();
  };
  return html`<div class="menu" ref=${box} role="menu" aria-label=${menu.title} onKeyDown=${onKeyDown}>
    ${menu.items.map((item, at) => html`<button key=${at} type="button" role="menuitem" tabindex=${at === active ? 0 : -1} onClick=${() => run(item)}>${item.label}</button>`)}
  </div>`;
}

/** @param {HTMLDivElement | null} box @param {OpenMenu} menu */
function place(box, { x, y }) {
  if (!box) return;
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(margin, Math.min(x, innerWidth - width - margin))}px`;
  box.style.top = `${Math.max(margin, Math.min(y, innerHeight - height - margin))}px`;
}
