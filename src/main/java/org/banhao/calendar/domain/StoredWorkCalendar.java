package org.banhao.calendar.domain;

import java.time.LocalDate;
import org.banhao.calendar.WorkCalendar;
import org.springframework.stereotype.Component;

@Component
class StoredWorkCalendar implements WorkCalendar {

    private final CalendarStore store;

    StoredWorkCalendar(CalendarStore store) {
        this.store = store;
    }

    @Override
    public boolean isWorkingDay(LocalDate day) {
        return store.days().isWorkingDay(day);
    }

    @Override
    public boolean isProvisional(LocalDate day) {
        return store.days().isProvisional(day);
    }

    @Override
    public LocalDate plusWorkingDays(LocalDate from, int n) {
        return store.days().plusWorkingDays(from, n);
    }

    @Override
    public LocalDate plusMonths(LocalDate from, int months) {
        return store.days().plusMonths(from, months);
    }

    @Override
    public LocalDate nextWorkingDay(LocalDate day) {
        return store.days().nextWorkingDay(day);
    }

    @Override
    public String nameOf(LocalDate day) {
        return store.days().nameOf(day);
    }
}
