import { openedChannel } from './channels.js';
import { tell } from './notice.js';
import { getState, setState } from './store.js';

/** resources/message.mdx, Create Message: files of one message; reference.mdx, Uploading Files: bytes of one. */
const maxFiles = 10;
const maxBytes = 10 * 2 ** 20;

let lastKey = 0;

/** Files that were dropped on the channel: for the open command's file field, else for the next message. @param {FileList} files */
export function takeFiles(files) {
  const field = document.querySelector('.command-form input[type=file]');
  if (!(field instanceof HTMLInputElement)) return addFiles(files);
  field.files = files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** @param {FileList | readonly File[]} files to send with the next message */
export function addFiles(files) {
  const { files: before } = getState();
  const channel = openedChannel(getState());
  if (channel && !channel.mayAttach) return tell(`You may not attach files in #${channel.name}`, true);
  const tooLarge = [...files].find(({ size }) => size > maxBytes);
  if (tooLarge) return tell(`${tooLarge.name} is too large: 10 MiB are the most`, true);
  const added = Array.from(files, (file) => ({ key: ++lastKey, file, description: '' }));
  if (before.length + added.length > maxFiles) return tell(`A message has at most ${maxFiles} files`, true);
  setState({ files: [...before, ...added], notice: null });
}

/** @param {number} key */
export function removeFile(key) {
  setState({ files: getState().files.filter((each) => each.key !== key) });
}

/** @param {number} key @param {string} description */
export function describeFile(key, description) {
  setState({ files: getState().files.map((each) => (each.key === key ? { ...each, description } : each)) });
}
