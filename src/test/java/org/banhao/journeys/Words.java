package org.banhao.journeys;

import com.microsoft.playwright.Page;
import java.util.List;

/** What a person can read on a page and cannot understand: English, and keys nobody translated. */
final class Words {

    /** Numbers of cases, addresses of mails, file names, login names, and marks everybody knows. */
    private static final String ALLOWED =
            "(TA|DB|WF)-\\d{4}-\\d+|[\\w.-]+@[\\w.-]+|https?://\\S+|\\S+\\.(pdf|jpg|jpeg|png|docx?|xlsx?|txt|tsv)"
                    + "|[a-z]+-[a-z]+|Ctrl|Alt|Shift|Enter|Tab|Esc|PDF|MB|KB|kB|API|SM4";

    private Words() {}

    @SuppressWarnings("unchecked")
    static List<String> foreign(Page page) {
        return (List<String>) page.evaluate("""
                allowed => {
                  const found = new Set();
                  const look = text => {
                    const rest = (text || '').replace(new RegExp(`(?<![A-Za-z0-9])(?:${allowed})(?![A-Za-z0-9])`, 'g'), ' ');
                    (rest.match(/[A-Za-z][A-Za-z_]{2,}(?: [A-Za-z]+)*/g) || []).forEach(word => found.add(word));
                  };
                  const seen = part => part.getClientRects().length > 0 && getComputedStyle(part).visibility !== 'hidden';
                  const read = root => {
                    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
                    while (walk.nextNode()) {
                      const parent = walk.currentNode.parentElement;
                      if (!parent || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName) || parent.closest('.bjs-powered-by, .fjs-powered-by')) continue;
                      if (seen(parent)) look(walk.currentNode.textContent);
                    }
                    root.querySelectorAll('*').forEach(part => {
                      if (part.shadowRoot) read(part.shadowRoot);
                      if (!seen(part)) return;
                      for (const name of ['title', 'placeholder', 'aria-label', 'alt']) look(part.getAttribute(name));
                      if (part.matches('input[type=button], input[type=submit]')) look(part.value);
                      // the browser draws its own words on it, in the browser's language
                      if (part.matches('input[type=file]') && parseFloat(getComputedStyle(part).opacity) > 0) found.add('Choose File');
                    });
                  };
                  read(document.body);
                  look(document.title);
                  return [...found];
                }""", ALLOWED);
    }
}
