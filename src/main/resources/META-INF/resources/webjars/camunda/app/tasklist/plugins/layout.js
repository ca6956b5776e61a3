// On a narrow screen Tasklist's three columns stand below each other; this shows one at a time: categories and list, or
// the open step, with a way back. Also gives parts of the stock page the names a screen reader needs.
import { element, nearness } from './house.js';

const NAMES = [
  ['.three-cols-layout-columns > .task-filters', { role: 'navigation', 'aria-label': '待办分类' }],
  ['.three-cols-layout-columns > .tasks-list', { role: 'region', 'aria-label': '待办列表' }],
  ['.three-cols-layout-columns > .task-details', { role: 'main', 'aria-label': '办理' }],
  ['.task-filters .region-toggle', { 'aria-label': '收起或展开分类', title: '收起或展开分类' }],
  ['.tasks-list .region-toggle', { 'aria-label': '收起或展开列表', title: '收起或展开列表' }],
  ['.task-details .region-toggle', { 'aria-label': '收起或展开办理区', title: '收起或展开办理区' }],
  ['.task-details .maximize', { 'aria-label': '只看这一件', title: '只看这一件' }],
  ['.task-details .reset-regions', { 'aria-label': '恢复三栏', title: '恢复三栏' }],
  ['.task-details button.unclaim', { 'aria-label': '取消签收' }],
  ['.navbar-toggle', { 'aria-label': '打开或收起菜单' }],
  ['.notifications .close', { 'aria-label': '关闭提示' }],
  ['.page-notifications', { role: 'status', 'aria-live': 'polite', 'aria-label': '提示' }],
  ['.sorting-choice .sort-direction', { 'aria-label': '改变排列方向' }],
  ['.modal[role=dialog]', { 'aria-label': '对话框', 'aria-modal': 'true' }],
  ['.modal-content .form-control', { 'aria-label': '按名称查找事项' }],
  ['.diagram-pane', { role: 'img', 'aria-label': '流程图，当前步骤已标出' }]
];
// stock lets these be edited; here they only show, so they are no stop for the Tab key
const NO_STOP = '.task-details [cam-widget-inline-field], .task-details .groups a, .task-details .due-date a, .task-details .followup-date a';

// What is most urgent comes first; stock shows what came last.
const URGENT_FIRST = JSON.stringify([{ sortBy: 'dueDate', sortOrder: 'asc' }]);

/** A due date in the words of the cards, and its day: stock says "4 天后". */
function dueInOurWords(stock) {
  return function (scope, part, attributes) {
    if (attributes.amTimeAgo !== 'task.due') {
      stock.apply(this, arguments);
      return;
    }
    const write = () => {
      const due = scope.$eval('task.due');
      part.text(due ? `${date(due)}，${nearness(due).text}` : '');
    };
    scope.$watch('task.due', write);
    const again = setInterval(write, 60000);
    scope.$on('$destroy', () => clearInterval(again));
  };
}

// what a clerk orders by; stock also offers fields of the engine
const ORDERS = ['收到时间', '办理期限', '待办名称'];

function date(text) {
  const at = new Date(text);
  const part = options => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', ...options }).format(at);
  return Number.isNaN(at.getTime()) ? '' : `${part({ year: 'numeric', month: 'long', day: 'numeric' })} ${part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}（${part({ weekday: 'short' })}）`;
}

function name() {
  for (const [selector, attributes] of NAMES) {
    document.querySelectorAll(selector).forEach(part => {
      for (const [key, value] of Object.entries(attributes)) if (part.getAttribute(key) !== value) part.setAttribute(key, value);
    });
  }
  document.querySelectorAll(NO_STOP).forEach(part => { if (part.getAttribute('tabindex') !== '-1') part.setAttribute('tabindex', '-1'); });
  document.querySelectorAll('.sorting-choice .dropdown-menu > li').forEach(choice => {
    choice.hidden = !ORDERS.includes(choice.textContent.trim());
  });
  document.querySelectorAll('.nav-tabs').forEach(list => {
    list.querySelectorAll('li > a').forEach(tab => {
      const current = tab.parentElement.classList.contains('active') ? 'true' : 'false';
      if (tab.getAttribute('aria-current') !== current) tab.setAttribute('aria-current', current);
    });
  });
}

export default {
  config: ['$provide', $provide => $provide.decorator('amTimeAgoDirective', ['$delegate', $delegate => {
    const directive = $delegate[0];
    const compile = directive.compile;
    directive.compile = function (...given) { return dueInOurWords(compile.apply(this, given)); };
    return $delegate;
  }])],
  run: ['$rootScope', '$location', '$translate', 'Notifications', ($rootScope, $location, $translate, Notifications) => {
    // stock translates these once, sometimes before the words have come
    const nameOrders = () => document.querySelectorAll('[cam-sorting-choices]').forEach(part => {
      const orders = window.angular.element(part).isolateScope()?.uniqueProps || {};
      for (const [key, label] of Object.entries(orders)) {
        const word = /^[A-Z_]+$/.test(label) ? $translate.instant(label) : label;
        if (word === label) continue;
        orders[key] = word;
        $rootScope.$applyAsync();
      }
    });
    $rootScope.$on('$translateChangeSuccess', nameOrders);
    let planned = false;
    new MutationObserver(() => {
      if (planned) return;
      planned = true;
      requestAnimationFrame(() => { planned = false; name(); nameOrders(); });
    }).observe(document.body, { childList: true, subtree: true });
    name();

    const back = element('button', 'bh-back', '‹ 返回待办列表', { type: 'button' });
    back.onclick = () => $rootScope.$apply(() => {
      const search = { ...$location.search() };
      delete search.task;
      delete search.detailsTab;
      $location.search(search);
      Notifications.clearAll();
    });
    document.body.append(back);
    // the first stop of the Tab key: past the header, to the step that is open or to the list
    const skip = element('button', 'bh-skip', '跳过栏目', { type: 'button' });
    skip.onclick = () => {
      const goal = document.querySelector($location.search().task ? '.task-details' : '.tasks-list');
      if (!goal) return;
      goal.setAttribute('tabindex', '-1');
      goal.focus();
    };
    document.body.prepend(skip);
    // what was said about another step is of no use any more
    const follow = task => {
      document.body.classList.toggle('bh-task-open', !!task);
      if (task) Notifications.clearAll();
    };
    $rootScope.$watch(() => $location.search().task, follow);
    const order = () => { if (!$location.search().sorting) $location.search('sorting', URGENT_FIRST).replace(); };
    $rootScope.$on('$locationChangeStart', order);
    order();
    document.addEventListener('click', event => { if (event.target.closest('.start-process-action')) $rootScope.$applyAsync(() => Notifications.clearAll()); });
  }]
};
