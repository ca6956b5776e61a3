// The ways to our own pages in Tasklist's header, the same as in the header of those pages.
import { call, element, engine, root } from './house.js';

/** What belongs to the person, not to the work. */
const ACCOUNT = ['/absence', '/settings', '/password'];
/** As many as fit beside the person's name at 1280 px; the others wait behind 更多. */
const SHOWN = 6;
const STARTABLE = 'latest=true&active=true&startableInTasklist=true&startablePermissionCheck=true&firstResult=0&maxResults=1';

function intoAccount(entries) {
  const place = () => {
    const menu = document.querySelector('.account .dropdown-menu');
    if (!menu || menu.querySelector('.bh-own')) return !!menu;
    entries.forEach(entry => {
      const item = element('li', 'bh-own');
      item.append(element('a', '', entry.label, { href: root + entry.href }));
      menu.prepend(item);
    });
    return true;
  };
  if (place()) return;
  const observer = new MutationObserver(() => { if (place()) observer.disconnect(); });
  observer.observe(document.body, { childList: true, subtree: true });
}

const mayStart = () => call(`${engine}/process-definition?${STARTABLE}`)
  .then(found => document.body.classList.toggle('bh-may-start', found.length > 0), () => {});

export default {
  views: {
    'tasklist.navbar.action': {
      id: 'banhao-navigation',
      priority: 1000,
      controller: ['$scope', $scope => {
        $scope.entries = [];
        $scope.more = [];
        $scope.root = root;
        call(`${root}/api/navigation`).then(entries => $scope.$applyAsync(() => {
          const elsewhere = entries.filter(entry => !entry.href.startsWith('/camunda/app/tasklist/'));
          const work = elsewhere.filter(entry => !ACCOUNT.includes(entry.href));
          const shown = work.length > SHOWN + 1 ? SHOWN : work.length;
          $scope.entries = work.slice(0, shown);
          $scope.more = work.slice(shown);
          intoAccount(elsewhere.filter(entry => ACCOUNT.includes(entry.href)).reverse());
        }), error => console.warn('The ways to other pages could not be read', error));
      }],
      template: '<a class="bh-entry" ng-repeat="entry in entries" ng-href="{{ root + entry.href }}">{{ entry.label }}</a>'
        + '<details class="bh-more" ng-if="more.length"><summary class="bh-entry">更多</summary><div>'
        + '<a class="bh-entry" ng-repeat="entry in more" ng-href="{{ root + entry.href }}">{{ entry.label }}</a></div></details>'
    }
  },
  run: mayStart
};
