package org.banhao.people.web;

import java.util.List;
import org.banhao.people.SignedIn;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The entries of the own pages' header, for Tasklist's header. */
@RestController
class NavigationEndpoint {

    private final SignedIn signedIn;
    private final Frame frame;

    NavigationEndpoint(SignedIn signedIn, Frame frame) {
        this.signedIn = signedIn;
        this.frame = frame;
    }

    record Entry(String href, String label) {}

    @GetMapping("/api/navigation")
    ResponseEntity<List<Entry>> entries() {
        signedIn.person();
        List<Entry> entries = frame.entries(CurrentPerson.account()).stream()
                .map(entry -> new Entry(entry.href(), entry.label()))
                .toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(entries);
    }
}
