import { Refused } from './api.js';

/** A file as the control API takes it. @param {File} file @param {string} [description] what it shows, for who cannot see it */
export async function uploadOf(file, description = '') {
  return {
    filename: file.name,
    ...(file.type !== '' && { content_type: file.type }),
    ...(description !== '' && { description }),
    data: await base64(file),
  };
}

/** @param {File} file @returns {Promise<string>} */
function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // `data:<type>;base64,<data>`; an empty file has no comma.
    reader.addEventListener('load', () =>
      resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : ''),
    );
    reader.addEventListener('error', () => reject(new Refused(`${file.name} cannot be read: pick it again`)));
    reader.readAsDataURL(file);
  });
}
