// What filling in a form needs wherever it is shown: form-js and its styles, fields and values, pinyin composition.
import { element, vendor } from './house.js';

let styled = false;
export function style() {
  if (styled) return;
  styled = true;
  // before the house's own styles, so that those win
  const link = element('link', '', '', { rel: 'stylesheet', href: vendor + 'form-viewer.css' });
  document.head.insertBefore(link, document.querySelector('link[href*="user-styles"]'));
}
export const viewer = import(vendor + 'form-viewer.js');
viewer.catch(() => {}); // said where a form is opened

export const open = field => field.readonly !== true && field.disabled !== true;

/** Everything with a key of its own, as it stands in the data: a group without path is no level, a list is one value. */
export function fieldsOf(parent, found = new Map()) {
  for (const field of parent.components || []) {
    if (field.type === 'dynamiclist') found.set(field.path, field);
    else if (field.key) found.set(field.key, field);
    else fieldsOf(field, found);
  }
  return found;
}

/** What travels: of a file only its id. */
export function travelling(parent, data) {
  const out = { ...data };
  for (const field of parent.components || []) {
    if (field.type === 'dynamiclist') {
      if (Array.isArray(out[field.path])) out[field.path] = out[field.path].map(row => travelling(field, row || {}));
    } else if (field.type === 'filepicker') {
      if (field.key in out) out[field.key] = (out[field.key] || []).map(file => file.id);
    } else if (!field.key && field.components) {
      Object.assign(out, travelling(field, out));
    }
  }
  return out;
}

export function valueOf({ type, value, valueInfo }) {
  const isJson = type === 'Json' || valueInfo?.serializationDataFormat === 'application/json';
  return isJson && typeof value === 'string' ? JSON.parse(value) : value;
}

export const hasError = errors => (Array.isArray(errors) ? errors.length > 0
  : !!errors && typeof errors === 'object' && Object.values(errors).some(hasError));

/** Full-width digits, letters and signs, typed by an input method, mean the plain ones in numbers, dates and codes. */
export const plain = text => text.normalize('NFKC').replace(/。/g, '.');

export function mindComposition(box) {
  let composing = false;
  box.addEventListener('compositionstart', () => { composing = true; }, true);
  box.addEventListener('compositionend', event => {
    composing = false;
    // Chromium sends no input event after it: what was composed is told now, in one piece
    event.target.dispatchEvent(new Event('input', { bubbles: true }));
  }, true);
  box.addEventListener('input', event => { if (composing || event.isComposing) event.stopImmediatePropagation(); }, true);
  box.addEventListener('keydown', event => {
    if (composing || event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
    // Enter in a line of text never hands the form in: only the button does
    else if (event.key === 'Enter' && event.target.matches('input:not([type=checkbox]):not([type=radio]):not([type=file])')) event.preventDefault();
  }, true);
  box.addEventListener('beforeinput', event => {
    if (composing || event.isComposing || event.inputType !== 'insertText' || !event.data) return;
    if (!event.target.closest('.fjs-form-field-number, .fjs-form-field-datetime')) return;
    const wanted = plain(event.data);
    if (wanted === event.data) return;
    event.preventDefault();
    document.execCommand('insertText', false, wanted);
  }, true);
  return () => composing;
}
