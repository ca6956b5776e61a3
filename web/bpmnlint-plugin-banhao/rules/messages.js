'use strict';

const { is } = require('../lib');

/** Message names are namespaced facts: proposal.withdrawn. That they are unique over all files is seen by all.mjs. */
module.exports = function () {
  function check(node, reporter) {
    if (!is(node, 'bpmn:Definitions')) return;
    const names = new Set();
    for (const message of (node.rootElements ?? []).filter((e) => is(e, 'bpmn:Message'))) {
      if (!/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/.test(message.name ?? '')) {
        reporter.report(message.id, `a message is named <kind>.<fact>, such as proposal.withdrawn, not ${message.name ?? 'nothing'}`);
      }
      if (names.has(message.name)) reporter.report(message.id, `${message.name} stands twice`);
      names.add(message.name);
    }
  }

  return { check };
};
