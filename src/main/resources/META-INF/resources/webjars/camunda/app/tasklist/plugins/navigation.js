// The ways to our own pages in Tasklist's header: the same, in the same order and menus, as in the header of those pages; and the
// switch 大字.
import { call, element, engine, notice, root } from './house.js';

const STARTABLE = 'latest=true&active=true&startableInTasklist=true&startablePermissionCheck=true&firstResult=0&maxResults=1';

const mayStart = () => call(`${engine}/process-definition?${STARTABLE}`)
  .then(found => document.body.classList.toggle('bh-may-start', found.length > 0), () => {});

/** How the menus are walked is told in one place, for own pages too. */
function menus() {
  if (document.querySelector('script[data-menus]')) return;
  const script = element('script', '', '', { src: `${root}/menus.js` });
  script.dataset.menus = '';
  document.head.append(script);
}

export default {
  views: {
    'tasklist.navbar.action': {
      id: 'banhao-navigation',
      priority: 1000,
      controller: ['$scope', $scope => {
        $scope.items = [];
        $scope.large = false;
        $scope.known = false;
        $scope.root = root;
        const show = large => {
          $scope.large = large;
          document.documentElement.classList.toggle('large', large);
        };
        $scope.here = item => item.href === '/camunda/app/tasklist/default/';
        $scope.resize = () => call(`${root}/api/text-size?large=${!$scope.large}`, { method: 'POST' })
          .then(() => $scope.$applyAsync(() => show(!$scope.large)), error => notice(error.message, 'text-size'));
        call(`${root}/api/navigation`).then(({ items, large }) => $scope.$applyAsync(() => {
          $scope.items = items;
          $scope.known = true;
          show(large);
          menus();
        }), error => console.warn('The ways to other pages could not be read', error));
      }],
      template: '<div class="ways" role="navigation" aria-label="主要栏目"><span ng-repeat="item in items">'
        + '<a class="bh-entry" ng-if="item.href" ng-href="{{ root + item.href }}" ng-attr-aria-current="{{ here(item) ? \'page\' : undefined }}">{{ item.label }}</a>'
        + '<details class="ways-menu" ng-if="!item.href"><summary class="bh-entry" aria-expanded="false">{{ item.label }}</summary><div>'
        + '<a class="bh-entry" ng-repeat="link in item.links" ng-href="{{ root + link.href }}">{{ link.label }}</a></div></details></span></div>'
        + '<button type="button" class="bh-entry bh-size" ng-if="known" ng-click="resize()">{{ large ? \'标准字\' : \'大字\' }}</button>'
    }
  },
  run: mayStart
};
