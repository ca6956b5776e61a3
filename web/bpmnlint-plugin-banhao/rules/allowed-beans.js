'use strict';

const fs = require('fs');
const path = require('path');
const { camunda, expressions, extensions, is, isAny, texts } = require('../lib');

const LIST = path.join(__dirname, '..', '..', 'lint', 'allowed-beans.json');
const WORDS = new Set(['empty', 'not', 'and', 'or', 'eq', 'ne', 'lt', 'gt', 'le', 'ge', 'true', 'false', 'null', 'div', 'mod', 'instanceof']);

/**
 * Expressions call only the beans of web/lint/allowed-beans.json, with one call of one method, or read a variable.
 * Delegates are those of the same list.
 */
module.exports = function (config = {}) {
  const allowed = config.beans ? config : JSON.parse(fs.readFileSync(LIST, 'utf8'));
  const beans = new Set(allowed.beans);
  const delegates = new Set(allowed.delegates);

  function problems(inner) {
    // the case number handed on to a called process: the one thing of the execution itself
    if (inner.trim() === 'execution.processBusinessKey') return [];
    const found = [];
    const bare = inner.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");
    if (/\bgetClass\b|\bclass\b|\bclassLoader\b/i.test(bare)) found.push('reaches for a class');
    if (/\)\s*[.[]/.test(bare) || /''\s*[.[]/.test(bare)) found.push('calls on the result of a call');
    if (/[[\]]/.test(bare)) found.push('indexes');
    if (/[;?:]|(^|[^=!<>])=([^=]|$)|->|\+|\*|\//.test(bare)) found.push('computes: a use case does that');
    for (const [, name, dot, after] of bare.matchAll(/(?<![\w.])([A-Za-z_$][\w$]*)(\s*\.\s*[\w$]+)?(\s*\()?/g)) {
      if (WORDS.has(name)) continue;
      if (dot || after) {
        if (!beans.has(name)) found.push(after && !dot ? `calls the function ${name}` : `asks ${name}, which is not an allowed bean`);
        else if (!dot) found.push(`calls the function ${name}`);
        else if (!after) found.push(`reads a property of ${name}: call a method`);
      }
    }
    return found;
  }

  function check(node, reporter) {
    if (!isAny(node, ['bpmn:FlowElement', 'bpmn:Process'])) return;
    const delegate = (holder) => {
      const text = camunda(holder, 'delegateExpression') ?? holder.delegateExpression;
      if (!text) return;
      const name = /^\s*\$\{\s*([A-Za-z][\w]*)\s*\}\s*$/.exec(text)?.[1];
      if (!name) reporter.report(node.id, `camunda:delegateExpression names one bean, such as notifyNotFiled: ${text}`);
      else if (!delegates.has(name)) reporter.report(node.id, `the delegate ${name} is not in web/lint/allowed-beans.json`);
    };
    delegate(node);
    for (const definition of node.eventDefinitions ?? []) delegate(definition);
    for (const extension of extensions(node)) {
      if (isAny(extension, ['camunda:ExecutionListener', 'camunda:TaskListener'])) delegate(extension);
    }
    // a process is asked for its own attributes only: its flow elements come by themselves
    const own = is(node, 'bpmn:Process') ? extensions(node) : [node];
    for (const holder of own) {
      for (const [name, text] of texts(holder)) {
        if (['id', 'name', 'delegateExpression', 'camunda:delegateExpression'].includes(name)) continue;
        for (const inner of expressions(text)) {
          for (const problem of problems(inner)) reporter.report(node.id, `\${${inner}} ${problem}`);
        }
      }
    }
  }

  return { check };
};
