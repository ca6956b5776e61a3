// Printing by the browser's own command: the head of each sheet says which case it belongs to, and what stands in a field for longer texts
// is printed whole: a text field shows as much as fits in it and is never divided between two sheets.
import { element } from './house.js';

function before() {
  after();
  const card = document.querySelector('.tasks-list li.task.active');
  const said = part => card?.querySelector(part)?.textContent.trim() || '';
  const head = document.querySelector('.task-card > header h2.task');
  if (head) head.dataset.case = `${said('.bh-card-number')} ${said('.bh-card-title')}`.trim();
  document.body.classList.toggle('bh-prints-dossier', !!document.querySelector('.task-card .bh-dossier'));
  document.querySelectorAll('.bh-form textarea').forEach(field => field.after(element('div', 'bh-written', field.value)));
}

function after() {
  document.querySelectorAll('.bh-written').forEach(text => text.remove());
}

export default {
  run: () => {
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
  }
};
