'use strict';

const { CHINESE, is, isAny, outgoing } = require('../lib');

/** Words that say nothing about what is to be done, or speak of the machine instead of the matter. */
const EMPTY_WORDS = ['进行', '操作', '节点', '任务', '流程', '系统', '模块', '页面', '表单', '按钮'];
const EMPTY_VERBS = /^(处理|执行|完成|开展|实施|做好)/;

/** Chinese labels: tasks verb and object, splitting gateways a question, joins without a name, ends one state each. */
module.exports = function () {
  function label(node, reporter, what, longest) {
    const name = node.name ?? '';
    if (!name.trim()) return reporter.report(node.id, `${what} needs a name`);
    if (/[\r\n]/.test(name)) return reporter.report(node.id, `no line break in the name of ${what}`);
    if (!CHINESE.test(name)) return reporter.report(node.id, `the name of ${what} must be Chinese: ${name}`);
    if ([...name].length > longest) return reporter.report(node.id, `the name of ${what} is longer than ${longest} characters: ${name}`);
    return true;
  }

  function check(node, reporter) {
    if (is(node, 'bpmn:Process')) {
      label(node, reporter, 'a process', 20);
    } else if (isAny(node, ['bpmn:Task', 'bpmn:CallActivity']) || (is(node, 'bpmn:SubProcess') && !node.triggeredByEvent)) {
      const what = is(node, 'bpmn:Task') ? 'a task' : 'an activity';
      if (label(node, reporter, what, 14) !== true) return;
      if (/[？?。！!，,；;]/.test(node.name)) reporter.report(node.id, `no punctuation in the name of ${what}: ${node.name}`);
      if (!is(node, 'bpmn:Task')) return;
      const word = EMPTY_WORDS.find((w) => node.name.includes(w));
      if (word) reporter.report(node.id, `「${word}」 says nothing: verb and object, such as 初审提案`);
      else if (EMPTY_VERBS.test(node.name)) reporter.report(node.id, `${node.name}: begin with the verb that says what is done (初审、核定、签收 …)`);
      else if ([...node.name].length < 3) reporter.report(node.id, `${node.name}: verb and object, such as 初审提案`);
    } else if (is(node, 'bpmn:Gateway')) {
      const asks = isAny(node, ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:ComplexGateway']) && outgoing(node).length > 1;
      if (!asks) {
        if (node.name) reporter.report(node.id, 'joining, parallel and event-based gateways have no name');
        return;
      }
      if (label(node, reporter, 'a splitting gateway', 16) !== true) return;
      if (!node.name.endsWith('？')) reporter.report(node.id, `a splitting gateway asks a question that ends with ？: ${node.name}`);
      for (const flow of outgoing(node)) {
        label(flow, reporter, 'an answer', 10);
      }
      const answers = outgoing(node).map((flow) => flow.name).filter(Boolean);
      if (new Set(answers).size !== answers.length) reporter.report(node.id, 'two answers of the gateway have the same name');
    } else if (is(node, 'bpmn:Event')) {
      if (label(node, reporter, 'an event', 16) !== true) return;
      if (/[？?。]/.test(node.name)) reporter.report(node.id, `an event is a state, not a question: ${node.name}`);
    }
    if (isAny(node, ['bpmn:Process', 'bpmn:SubProcess'])) {
      const ends = (node.flowElements ?? []).filter((e) => is(e, 'bpmn:EndEvent') && e.name);
      for (const end of ends) {
        if (ends.some((other) => other !== end && other.name === end.name)) {
          reporter.report(end.id, `two ends of the same name: ${end.name}; an end says its outcome`);
        }
      }
    }
  }

  return { check };
};
