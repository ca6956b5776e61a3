package org.banhao.people.web;

import java.util.List;
import org.banhao.people.SignedIn;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the own pages' header holds, for Tasklist's header. */
@RestController
class NavigationEndpoint {

    private final SignedIn signedIn;
    private final Frame frame;

    NavigationEndpoint(SignedIn signedIn, Frame frame) {
        this.signedIn = signedIn;
        this.frame = frame;
    }

    record Header(List<Frame.Item> items, boolean large) {}

    @GetMapping("/api/navigation")
    ResponseEntity<Header> header() {
        signedIn.person();
        Header header = new Header(
                frame.items(CurrentPerson.account(), "/camunda/app/tasklist/default/"),
                frame.large(CurrentPerson.account()));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(header);
    }
}
