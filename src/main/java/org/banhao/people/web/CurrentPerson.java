package org.banhao.people.web;

import java.util.List;
import org.banhao.base.ActingAs;
import org.banhao.base.Actor;
import org.banhao.base.ByLink;
import org.banhao.base.CurrentActor;
import org.banhao.base.StandingIn;
import org.banhao.people.Person;
import org.banhao.people.SignedIn;
import org.banhao.people.domain.Account;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The person Spring Security knows for the present request; a session's groups are those of this moment. */
@Component
class CurrentPerson implements SignedIn, CurrentActor {

    static @Nullable Account account() {
        return account(SecurityContextHolder.getContext().getAuthentication());
    }

    static @Nullable Account account(@Nullable Authentication authentication) {
        return authentication != null
                        && authentication.isAuthenticated()
                        && authentication.getPrincipal() instanceof Account account
                ? account
                : null;
    }

    @Override
    public Person person() {
        Person person = personOrNull();
        if (person == null) throw new AccessDeniedException("Nobody is signed in");
        return person;
    }

    @Override
    public @Nullable Person personOrNull() {
        Account account = account();
        return account == null ? null : account.person();
    }

    @Override
    public List<String> groups() {
        Account account = account();
        return account == null ? List.of() : account.groups();
    }

    @Override
    public boolean has(String groupId) {
        return groups().contains(groupId);
    }

    @Override
    public void require(String... anyOfGroups) {
        person();
        for (String group : anyOfGroups) if (has(group)) return;
        throw new AccessDeniedException("Not in the groups that may do this");
    }

    @Override
    public Actor get() {
        String address = RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : null;
        ByLink.Holder holder = ByLink.present();
        if (holder != null)
            return new Actor(holder.id(), holder.name(), null, null, address == null ? "" : address, ByLink.WAY);
        Person person = personOrNull();
        Actor stated = address == null ? ActingAs.present() : null;
        if (stated != null) return stated;
        if (person != null) {
            Actor actor = new Actor(person.id(), person.name(), null, null, address == null ? "" : address);
            StandingIn.Absent absent = StandingIn.present();
            return absent == null ? actor : actor.on(absent.id(), absent.name());
        }
        return address == null ? Actor.SYSTEM : new Actor("anonymous", "未登录", null, null, address);
    }
}
