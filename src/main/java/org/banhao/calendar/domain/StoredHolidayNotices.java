package org.banhao.calendar.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.calendar.CalendarDay;
import org.banhao.calendar.HolidayNotice;
import org.banhao.calendar.HolidayNotices;
import org.banhao.calendar.WorkingDaysChanged;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class StoredHolidayNotices implements HolidayNotices {

    private static final int FIRST_YEAR = 2020;
    private static final int LAST_YEAR = 2099;

    private final CalendarStore store;
    private final StoredDeadlines deadlines;
    private final Clock clock;
    private final CurrentActor actor;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    StoredHolidayNotices(
            CalendarStore store,
            StoredDeadlines deadlines,
            Clock clock,
            CurrentActor actor,
            Audit audit,
            ApplicationEventPublisher events) {
        this.events = events;
        this.store = store;
        this.deadlines = deadlines;
        this.clock = clock;
        this.actor = actor;
        this.audit = audit;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Integer> knownYears() {
        return List.copyOf(store.days().notices().keySet());
    }

    @Override
    @Transactional(readOnly = true)
    public YearPicture year(int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new Refusal("year", "工作日历只收录" + FIRST_YEAR + "年至" + LAST_YEAR + "年，请改选年份。");
        }
        DayTable days = store.days();
        HolidayNotice notice = days.notices().get(year);
        CalendarStore.Entered entered = store.entered(year);
        List<Day> all = new ArrayList<>(Year.of(year).length());
        for (LocalDate day = LocalDate.of(year, 1, 1); day.getYear() == year; day = day.plusDays(1)) {
            CalendarDay exception = days.exception(day);
            all.add(new Day(day, days.isWorkingDay(day), exception != null, days.nameOf(day)));
        }
        return new YearPicture(
                year,
                notice != null,
                notice == null ? guessed(year) : notice.source(),
                entered == null ? null : entered.by(),
                entered == null ? null : entered.at().toInstant(),
                all);
    }

    private static String guessed(int year) {
        return StatutoryDays.knowsLunar(year) ? "按《全国年节及纪念日放假办法》推算，未含调休" : "按《全国年节及纪念日放假办法》推算，只含元旦、劳动节、国庆节，未含农历节日和调休";
    }

    @Override
    @Transactional(readOnly = true)
    public HolidayNotice read(int year, String source, String text) {
        int present = ChineseTime.day(clock.instant()).getYear();
        if (year < FIRST_YEAR || year > present + 2) {
            throw new Refusal("year", "只能录入" + FIRST_YEAR + "年至" + (present + 2) + "年的放假通知，请改选年份。");
        }
        return NoticeText.read(year, source, text);
    }

    @Override
    @Transactional(readOnly = true)
    public Preview preview(HolidayNotice notice) {
        DayTable before = store.days();
        DayTable after = before.with(notice);
        List<Move> moves = deadlines.moves(notice.year(), after);
        List<String> warnings = new ArrayList<>();
        HolidayNotice present = before.notices().get(notice.year());
        if (present != null) {
            warnings.add(notice.year() + "年已有放假安排（" + present.source() + "），确认后以这次录入的为准，原来的保留在记录里。");
        }
        statutoryMissing(notice, after, warnings);
        pastChanged(notice.year(), before, after, warnings);
        long earlier = moves.stream()
                .filter(move -> move.due().isBefore(move.deadline().due()))
                .count();
        if (earlier > 0) warnings.add("有" + earlier + "项未办结的期限将提前，请提醒承办人。");
        long overdue = moves.stream()
                .filter(move -> move.due().isBefore(clock.instant())
                        && !move.deadline().due().isBefore(clock.instant()))
                .count();
        if (overdue > 0) warnings.add("其中" + overdue + "项按新安排已经到期，确认后将显示为超期。");
        return new Preview(notice, warnings, moves);
    }

    private static void statutoryMissing(HolidayNotice notice, DayTable after, List<String> warnings) {
        Map<String, List<LocalDate>> missing = new LinkedHashMap<>();
        StatutoryDays.of(notice.year()).forEach((day, name) -> {
            if (after.isWorkingDay(day))
                missing.computeIfAbsent(name, key -> new ArrayList<>()).add(day);
        });
        missing.forEach((name, days) -> warnings.add("按法定节假日办法，"
                + days.stream()
                        .map(day -> day.getMonthValue() + "月" + day.getDayOfMonth() + "日")
                        .collect(Collectors.joining("、"))
                + "（" + name + "）应放假，录入的文字里没有，请核对是否粘贴完整。"));
    }

    private void pastChanged(int year, DayTable before, DayTable after, List<String> warnings) {
        LocalDate today = ChineseTime.day(clock.instant());
        long changed = LocalDate.of(year - 1, 12, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .filter(day -> day.isBefore(today) && before.isWorkingDay(day) != after.isWorkingDay(day))
                .count();
        if (changed > 0) warnings.add("有" + changed + "个已经过去的日子改变了是否上班；已办结事项的期限不会改动。");
    }

    @Override
    public void adopt(HolidayNotice notice) {
        store.add(notice, actor.get(), clock.instant());
        events.publishEvent(new WorkingDaysChanged(notice.year()));
        audit.record("calendar.notice", null, notice.year() + "年 " + notice.source());
    }
}
