package org.banhao.people;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A member of the conference, or the contact of an organisation that may propose.
 *
 * @param kind {@code member} 委员 · {@code party} 党派 · {@code organization} 团体 · {@code committee} 专委会 · {@code sector} 界别 · {@code group} 委员小组
 * @param name of the member, or of the organisation for which the person is the contact
 * @param sector 界别; empty for organisations
 */
public record Member(
        String id,
        String personId,
        String kind,
        String name,
        String number,
        String sector,
        String party,
        String post,
        @Nullable LocalDate inOfficeUntil) {}
