// The field for files. form-js keeps chosen files in the browser until the form is sent; here a file is stored when it
// is chosen, and the field's value is the list of what is stored: [{id, name, size}]. So a draft can hold it, another
// computer can show it, and an answer is a list of ids.
// The page that opens the form passes `files: {store(file), discard(id)}` beside `container`.
import { jsx, jsxs } from 'preact/jsx-runtime';
import { useContext, useRef, useState } from 'preact/hooks';
import { FilePicker, FormContext, Label, Errors, Description } from '@bpmn-io/form-js-viewer';

const size = bytes => {
  if (!(bytes >= 0)) return '';
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
};

export function Files(props) {
  const { disabled, readonly, domId, errors = [], field, value, onChange } = props;
  const { label, description, multiple, accept, validate = {} } = field;
  const files = Array.isArray(value) ? value : [];
  const config = useContext(FormContext).getService('config');
  const input = useRef(null);
  const [waiting, setWaiting] = useState([]);
  const [refused, setRefused] = useState([]);
  const several = multiple === true || multiple === 'true' || multiple === '=true';
  const locked = disabled || readonly;
  const present = useRef(files);
  present.current = files;

  const change = list => {
    present.current = list;
    onChange({ value: list.length ? list : null });
  };

  const choose = async event => {
    const chosen = Array.from(event.target.files || []);
    event.target.value = ''; // choosing the same file again must be heard
    setRefused([]);
    for (const file of several ? chosen : chosen.slice(0, 1)) {
      setWaiting(list => [...list, file.name]);
      try {
        const stored = await config.files.store(file);
        const replaced = several ? [] : present.current;
        change(several ? [...present.current, stored] : [stored]);
        replaced.forEach(old => Promise.resolve(config.files.discard(old.id)).catch(() => {}));
      } catch (error) {
        setRefused(list => [...list, `“${file.name}”未能上传：${error.message}`]);
      } finally {
        setWaiting(list => list.filter((name, at) => at !== list.indexOf(file.name)));
      }
    }
  };

  const remove = file => {
    change(present.current.filter(other => other.id !== file.id));
    Promise.resolve(config.files.discard(file.id)).catch(() => {});
    input.current?.parentElement.querySelector('.fjs-filepicker-button')?.focus();
  };

  const described = `${domId}-description ${domId}-error-message`;
  return jsxs('div', {
    class: `fjs-form-field fjs-form-field-filepicker${errors.length ? ' fjs-has-errors' : ''}${disabled ? ' fjs-disabled' : ''}`,
    children: [
      jsx(Label, { htmlFor: domId, label, required: validate.required }),
      jsx('input', {
        ref: input, type: 'file', id: domId, class: 'bh-file-input', multiple: several || undefined,
        accept: typeof accept === 'string' && !accept.startsWith('=') ? accept : undefined,
        disabled: locked, onChange: choose, tabIndex: -1, 'aria-hidden': 'true',
      }),
      jsxs('div', {
        class: 'fjs-filepicker-container',
        children: [
          jsx('button', {
            type: 'button', class: 'fjs-button fjs-filepicker-button', disabled: locked || waiting.length > 0,
            'aria-label': `${label || '文件'}：选择文件`, 'aria-describedby': described,
            onClick: () => input.current.click(), children: '选择文件',
          }),
          files.length === 0 && waiting.length === 0
            ? jsx('span', { class: 'bh-files-none', children: several ? '尚未选择，可选多个' : '尚未选择' })
            : null,
        ],
      }),
      jsxs('ul', {
        class: 'bh-files',
        children: [
          ...files.map(file => jsxs('li', {
            children: [
              jsx('span', { class: 'bh-file-name', children: file.name }),
              jsx('span', { class: 'bh-file-size', children: size(file.size) }),
              locked ? null : jsx('button', {
                type: 'button', class: 'bh-file-remove', 'aria-label': `移除“${file.name}”`, onClick: () => remove(file), children: '移除',
              }),
            ],
          }, file.id)),
          ...waiting.map(name => jsxs('li', { class: 'bh-file-waiting', role: 'status', children: [jsx('span', { class: 'bh-file-name', children: name }), '正在上传…'] }, `waiting-${name}`)),
        ],
      }),
      ...refused.map(sentence => jsx('p', { class: 'bh-file-refused', role: 'alert', children: sentence })),
      jsx(Description, { id: `${domId}-description`, description }),
      jsx(Errors, { id: `${domId}-error-message`, errors }),
    ],
  });
}
Files.config = { ...FilePicker.config, label: '文件', emptyValue: null };

class FilesRegistration {
  constructor(formFields) {
    formFields.register('filepicker', Files);
  }
}
FilesRegistration.$inject = ['formFields'];

export const FilesModule = { __init__: ['banhaoFiles'], banhaoFiles: ['type', FilesRegistration] };
