package org.banhao.journeys;

import com.microsoft.playwright.Page;
import java.util.Collection;
import java.util.List;
import org.banhao.testing.ForeignWords;

/** What a person sees in a browser and cannot understand: {@link ForeignWords} of what is visible. */
final class Words {

    private Words() {}

    @SuppressWarnings("unchecked")
    /** @param logins of the demonstration's people, the only keys that may be seen */
    static List<String> foreign(Page page, Collection<String> logins) {
        return (List<String>) page.evaluate("""
                allowed => {
                  const found = new Set();
                  const look = text => {
                    const rest = (text || '').replace(new RegExp(`(?<![A-Za-z0-9])(?:${allowed})(?![A-Za-z0-9])`, 'g'), ' ');
                    (rest.match(/[A-Za-z][A-Za-z_]{2,}(?:[- ][A-Za-z]+)*/g) || []).forEach(word => found.add(word));
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
                }""", ForeignWords.allowed(logins));
    }
}
