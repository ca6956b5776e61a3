package org.banhao.casefile.web;

import java.util.List;
import org.banhao.people.PageRules;
import org.springframework.stereotype.Component;

/** Everybody signed in may ask; what is answered depends on the case (see {@code Dossiers}). */
@Component
class CasefilePageRules implements PageRules {
    @Override
    public List<PageRule> rules() {
        return List.of(
                new PageRule("GET", "/cases/**", List.of()),
                new PageRule("GET", "/casefile.js", List.of()),
                new PageRule("POST", "/api/documents", List.of()),
                new PageRule("GET", "/api/documents/*", List.of()),
                new PageRule("DELETE", "/api/documents/*", List.of()));
    }
}
