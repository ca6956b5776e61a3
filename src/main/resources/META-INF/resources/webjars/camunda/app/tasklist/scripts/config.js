// Tasklist's configuration. Runs before the webapp reads anything.

// Parts of stock Tasklist that nobody here uses: history (ours is the dossier), comments, own tasks, search by variables.
document.querySelector('base').setAttribute('cam-exclude-plugins', [
  'tasklist.task.detail:task-detail-history',
  'tasklist.task.action:task-action-comment',
  'tasklist.navbar.action:create-task-action',
  'tasklist.list:task-search'
].join(','));

document.documentElement.lang = 'zh-CN';
document.title = '我的待办 · 办好';
for (const name of ['description', 'author']) {
  const meta = document.querySelector(`meta[name="${name}"]`);
  if (meta) meta.content = '办好';
}
const icon = document.querySelector('link[rel="icon"]');
if (icon) {
  icon.type = 'image/svg+xml';
  icon.href = document.querySelector('base').getAttribute('app-root').replace(/\/camunda$/, '') + '/favicon.svg';
}

// Nothing of a form stays in the browser. And the words are read anew each time: stock Tasklist keeps them under its own
// version number, so that a changed word would only show at the second opening.
try {
  for (const key of Object.keys(localStorage)) if (key.startsWith('camunda-form:')) localStorage.removeItem(key);
  const kept = JSON.parse(localStorage.getItem('camunda-web') || '{}');
  for (const key of Object.keys(kept)) if (key.includes('_locales_data_')) delete kept[key];
  localStorage.setItem('camunda-web', JSON.stringify(kept));
} catch (error) {
  console.warn('The browser\'s storage cannot be used', error);
}

// If the page has not opened after a while, say so in words instead of staying blank.
setTimeout(() => {
  if (document.querySelector('.three-cols-layout-columns, .bh-pile') || document.querySelector('.bh-not-opened')) return;
  const told = document.createElement('p');
  told.className = 'bh-not-opened';
  told.setAttribute('role', 'alert');
  told.textContent = '页面还没有打开。请按 F5 刷新；仍不行，请检查网络或联系系统管理员。';
  document.body.append(told);
}, 20000);

function withoutParts() {
  const told = document.createElement('div');
  told.className = 'bh-notice';
  told.setAttribute('role', 'alert');
  told.textContent = '页面的主要功能未能打开，请先不要填写。请按 F5 刷新；仍不行请联系系统管理员。';
  document.body.append(told);
  return {};
}

// Stock Tasklist (7.24) stays blank when a script it imports is missing or broken, because it goes on with nothing in its
// place: here it goes on with a part that holds nothing.
class Scripts extends Array {
  static get [Symbol.species]() { return Array; }

  map(load) {
    return Array.from(this, script => load(script).then(part => part ?? withoutParts(), withoutParts));
  }
}

export default {
  app: { name: '我的待办', vendor: '办好' },
  locales: { availableLocales: ['zh'], fallbackLocale: 'zh' },
  dateFormat: { normal: 'LLL', long: 'LLLL', short: 'LL', abbr: 'lll' },
  disableWelcomeMessage: true,
  csrfCookieName: 'XSRF-TOKEN',
  // one script that never fails; it loads the others (see there)
  customScripts: Scripts.of('plugins/all'),
  shortcuts: {
    claimTask: { key: 'ctrl+alt+c', description: '签收打开的这件待办' },
    focusFilter: { key: 'ctrl+shift+f', description: '到左侧第一个分类' },
    focusList: { key: 'ctrl+alt+l', description: '到列表的第一件待办（再用 ↑ ↓ 逐件查看）' },
    focusForm: { key: 'ctrl+alt+f', description: '到表单的第一个填写项' },
    startProcess: { key: 'ctrl+alt+p', description: '发起事项' }
  }
};
