// Tasklist shows messages as trusted HTML; a file's name or a title in a sentence must not become markup.
const ALLOWED = { ALLOWED_TAGS: ['a', 'b', 'strong', 'br', 'ul', 'li', 'span', 'div', 'p'], ALLOWED_ATTR: ['href', 'class'] };
const clean = text => (typeof text === 'string' ? window.DOMPurify.sanitize(text, ALLOWED) : text);

export default {
  config: ['$provide', $provide => $provide.decorator('Notifications', ['$delegate', $delegate => {
    for (const name of ['add', 'addError', 'addMessage']) {
      const stock = $delegate[name];
      if (!stock) continue;
      $delegate[name] = function (notification) {
        notification.status = clean(notification.status);
        notification.message = clean(notification.message);
        return stock.call($delegate, notification);
      };
    }
    return $delegate;
  }])]
};
