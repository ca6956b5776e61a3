// The tab 卷宗: our own page of the case, as a fragment, in a shadow tree with the styles of the own pages, so that the
// styles of Tasklist and of the house do not touch each other.
import { call, element, root } from './house.js';

// Tasklist's page is Latin-1, and a linked style would be read as that too: fetched text is always UTF-8
let styles;
const style = () => (styles ||= fetch(`${root}/site.css`).then(answer => (answer.ok ? answer.text() : '')).then(text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}));

/** Puts the page of a case into a shadow tree of the box. */
export async function show(box, html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  page.querySelectorAll('script, iframe, object, embed, base, meta, link').forEach(part => part.remove());
  const content = page.querySelector('[data-case-number]') || page.querySelector('main') || page.body;
  const number = content.getAttribute('data-case-number');
  const shadow = box.shadowRoot || box.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = await style().then(sheet => [sheet], () => []);
  shadow.replaceChildren();
  if (number) {
    const line = element('p', 'actions');
    line.append(element('a', 'button quiet', '打印 / 在新窗口打开', { href: `${root}/cases/${encodeURIComponent(number)}`, target: '_blank', rel: 'noopener' }));
    shadow.append(line);
  }
  const body = element('div', 'dossier');
  body.append(...Array.from(content.childNodes, node => document.importNode(node, true)));
  body.querySelectorAll('a[href]').forEach(link => {
    if (link.getAttribute('href').startsWith('#')) return;
    link.target = '_blank';
    link.rel = 'noopener';
  });
  shadow.append(body);
}

export default {
  plugins: [{
    id: 'banhao-dossier',
    pluginPoint: 'tasklist.task.detail',
    priority: 900,
    properties: { label: '卷宗' },
    render(container, { taskId }) {
      container.className = 'bh-dossier';
      const told = element('p', 'bh-dossier-told', '正在读取卷宗…', { role: 'status' });
      const box = element('div', 'bh-dossier-content');
      container.append(told, box);
      const open = async () => {
        told.hidden = false;
        told.textContent = '正在读取卷宗…';
        try {
          const html = await call(`${root}/cases/by-task/${encodeURIComponent(taskId)}`, { as: 'text' });
          await show(box, html);
          told.hidden = true;
        } catch (error) {
          told.setAttribute('role', 'alert');
          told.textContent = error.status === 404 ? '这件待办没有卷宗，或您无权查看。' : `卷宗未能打开：${error.message}`;
          const again = element('button', 'btn btn-default', '重试', { type: 'button' });
          again.onclick = open;
          told.append(' ', again);
        }
      };
      open();
    }
  }]
};
