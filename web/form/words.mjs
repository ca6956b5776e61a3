// What form-js says, in the words of the house. form-js has no way to translate itself, so the build replaces each
// literal of its source; a literal that is not found exactly as often as written here stops the build: a newer form-js
// can never bring English back unnoticed.
// [literal in the source, replacement, how often]
export const words = [
  // validation
  ["errors.push('Field is required.')", "errors.push('此项必填。')", 1],
  ["errors.push('Value is not a number.')", "errors.push('请输入数字。')", 1],
  [
    "'Value is expected to ' + (decimalDigits === 0 ? 'be an integer' : `have at most ${decimalDigits} decimal digit${decimalDigits > 1 ? 's' : ''}`) + '.'",
    "(decimalDigits === 0 ? '请输入整数。' : `最多 ${decimalDigits} 位小数。`)",
    1,
  ],
  [
    "`Please select a valid value, the two nearest valid values are ${previousValue} and ${nextValue}.`",
    "`数值不符合步长，最接近的是 ${previousValue} 和 ${nextValue}。`",
    1,
  ],
  ["`Field must match pattern ${validation.pattern}.`", "'格式不正确，请按说明填写。'", 1],
  ["`Field must have minimum value of ${validation.min}.`", "`不能小于 ${validation.min}。`", 1],
  ["`Field must have maximum value of ${validation.max}.`", "`不能大于 ${validation.max}。`", 1],
  ["'Min validation value is not a valid number.'", "'表单中的最小值设置有误，请联系系统管理员。'", 1],
  ["'Max validation value is not a valid number.'", "'表单中的最大值设置有误，请联系系统管理员。'", 1],
  ["`Field must have minimum length of ${validation.minLength}.`", "`至少填写 ${validation.minLength} 个字。`", 1],
  ["`Field must have maximum length of ${validation.maxLength}.`", "`最多填写 ${validation.maxLength} 个字。`", 1],
  ["'Field must be a valid  international phone number. (e.g. +4930664040900)'", "'请填写带国家代码的电话号码，如 +8613800000000。'", 1],
  ["'Field must be a valid email.'", "'请填写有效的电子邮箱。'", 1],
  ["'Date and time must both be entered.'", "'日期和时间都要填写。'", 1],
  // what stands in and beside the fields
  ["valueLabel || 'Select'", "valueLabel || '请选择'", 1],
  ["placeholder: 'Search'", "placeholder: '输入文字查找'", 1],
  ["undefined : 'Search'", "undefined : '输入文字查找'", 1],
  ["emptyListMessage = 'No results'", "emptyListMessage = '没有匹配的选项'", 1],
  ["hasOptionsLeft ? 'No results' : 'All values selected'", "hasOptionsLeft ? '没有匹配的选项' : '已全部选择'", 1],
  ["label: \"Skip to search\"", "label: \"跳到查找\"", 1],
  ["title: \"Remove tag\"", "title: \"移除\"", 1],
  ["\"aria-label\": \"Increment\"", "\"aria-label\": \"加一步\"", 1],
  ["\"aria-label\": \"Decrement\"", "\"aria-label\": \"减一步\"", 1],
  ["placeholder: getLocaleReadableDateFormat()", "placeholder: '年/月/日，如 2026/3/26'", 1],
  ["placeholder: use24h ? 'hh:mm' : 'hh:mm --'", "placeholder: '时:分，如 18:00'", 1],
  ["getLocaleDateFormat(locale = 'default')", "getLocaleDateFormat(locale = 'zh-CN')", 1],
  ["\" \", 'Add new'", "\" \", '增加一行'", 1],
  ["\" \", 'Collapse'", "\" \", '收起'", 1],
  ["`Expand all (${values.length - 1})`", "`展开全部（共 ${values.length} 行）`", 1],
  ["`Remove list item ${itemIndex + 1}`", "`删除第 ${itemIndex + 1} 行`", 1],
  // table and preview: not in our subset of forms, but an own form may hold them
  ["'Nothing to show.'", "'没有内容。'", 1],
  ["\"Nothing to show.\"", "\"没有内容。\"", 1],
  ["`Click to sort by ${label} descending`", "`按“${label}”从大到小排列`", 1],
  ["`Click to sort by ${label} ascending`", "`按“${label}”从小到大排列`", 1],
  ["'Click to remove sorting'", "'取消排列'", 1],
  ["\"aria-label\": \"Previous page\"", "\"aria-label\": \"上一页\"", 1],
  ["\"aria-label\": \"Next page\"", "\"aria-label\": \"下一页\"", 1],
  ["'Unable to download document'", "'文件未能下载'", 2],
  ["`Download ${fileName}`", "`下载 ${fileName}`", 1],
  ["\"External content couldn't be loaded.\"", "\"外部内容未能加载。\"", 1],
  ["alt: \"This is an image placeholder\"", "alt: \"图片\"", 1],
  // not a word: what a person wrote is text inside a text component, never Markdown (a title could carry a link or a picture)
  [
    "const markdown = useTemplateEvaluation(text, {\n    debug: true,\n    strict\n  });",
    "const markdown = useTemplateEvaluation(text, {\n    debug: true,\n    strict,\n    sanitizer: value => typeof value === 'string' ? value.replace(/[!-/:-@[-`{-~]/g, '\\\\$&') : value\n  });",
    1,
  ],
];

/** English sentences a person could still read; none may be left after the replacement. */
export const forbidden = [
  /Field (is|must)/,
  /['"`](Select|Search|Add new|Collapse|No results|Remove tag|Nothing to show\.)['"`](?!,\s*$)/m,
  /Please select a valid/,
  /Date and time must/,
  /Skip to search/,
];

export function translate(source, table = words) {
  let text = source;
  for (const [from, to, times] of table) {
    const found = text.split(from).length - 1;
    if (found !== times) {
      throw new Error(`form-js: the text ${JSON.stringify(from)} was found ${found} times instead of ${times}; look at web/form/words.mjs`);
    }
    text = text.split(from).join(to);
  }
  return text;
}
