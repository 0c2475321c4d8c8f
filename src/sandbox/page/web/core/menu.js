/**
 * One context menu for the page.
 * @typedef {{ label: string, act: () => unknown }} MenuItem
 * @typedef {{ title: string, items: readonly MenuItem[], x: number, y: number, from: HTMLElement | null }} OpenMenu
 */

/** @type {(menu: OpenMenu | null) => void} */
let show = () => {};

/** @param {(menu: OpenMenu | null) => void} handler */
export function onMenu(handler) {
  show = handler;
}

/** @param {OpenMenu} menu */
export function showMenu(menu) {
  show(menu);
}
