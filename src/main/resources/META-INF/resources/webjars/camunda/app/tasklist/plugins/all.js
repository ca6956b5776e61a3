// The one custom script of Tasklist. Stock Tasklist stays blank when a custom script is missing or throws; so the parts
// are loaded from here, each behind a guard: what fails is named in a small notice, everything else works on.
//
// A part's default export: { views: {point: view}, plugins: [documented plug-ins], config: injectable, run: injectable }
import { notice } from './house.js';

const PARTS = {
  notices: '提示信息', door: '登录与退出', form: '表单', card: '待办卡片', dossier: '卷宗', search: '查找', counts: '件数', navigation: '栏目', layout: '版面', session: '登录时限', retract: '撤回', pile: '成批办理', print: '打印'
};
const LONGEST_WAIT = 10000;
const failed = new Set();

function fail(part, error) {
  console.error(`Tasklist part “${part}” failed`, error);
  if (failed.has(part)) return;
  failed.add(part);
  notice(`“${[...failed].map(name => PARTS[name]).join('”“')}”未能打开，其他功能照常使用。请刷新页面；仍不行请联系系统管理员。`, 'part-failed');
}

const guarded = (part, injectable) => ['$injector', $injector => {
  try {
    $injector.invoke(injectable);
  } catch (error) {
    fail(part, error);
  }
}];

// The view directive hands over nothing but $scope, and what its controller throws is swallowed there.
const guardedView = (part, view) => ({
  ...view,
  controller: ['$scope', '$injector', function ($scope, $injector) {
    try {
      $injector.invoke(view.controller, this, { $scope });
    } catch (error) {
      fail(part, error);
    }
  }]
});

const guardedPlugin = (part, plugin) => ({
  ...plugin,
  render(...given) {
    try {
      return plugin.render(...given);
    } catch (error) {
      fail(part, error);
      return undefined;
    }
  },
  unmount(...given) {
    try {
      return plugin.unmount && plugin.unmount(...given);
    } catch (error) {
      fail(part, error);
      return undefined;
    }
  }
});

async function load(part) {
  let timer;
  try {
    const tooLong = new Promise((resolve, reject) => { timer = setTimeout(() => reject(new Error('too slow')), LONGEST_WAIT); });
    const { default: exported } = await Promise.race([import(`./${part}.js`), tooLong]);
    const { views = {}, plugins = [], config, run } = exported;
    const module = window.angular.module('cam.tasklist.custom');
    for (const [point, view] of Object.entries(views)) {
      module.config(guarded(part, ['ViewsProvider', ViewsProvider => ViewsProvider.registerDefaultView(point, guardedView(part, view))]));
    }
    if (config) module.config(guarded(part, config));
    if (run) module.run(guarded(part, run));
    return plugins.map(plugin => guardedPlugin(part, plugin));
  } catch (error) {
    fail(part, error);
    return [];
  } finally {
    clearTimeout(timer);
  }
}

const loaded = await Promise.all(Object.keys(PARTS).map(load));

export default loaded.flat();
