package org.banhao.proposal.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.banhao.base.Refusal;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationStage;
import org.banhao.proposal.domain.handling.Consultations;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 登记联系或协商, reached from the page of a case. */
@Controller
@RequestMapping("/proposals/consultations")
class ConsultationPage {

    private static final int AGREED_LINES = 4;

    private final Consultations consultations;
    private final SignedIn signedIn;

    ConsultationPage(Consultations consultations, SignedIn signedIn) {
        this.consultations = consultations;
        this.signedIn = signedIn;
    }

    @GetMapping("/new")
    String page(@RequestParam MultiValueMap<String, String> fields, Model model, HttpServletResponse response) {
        return show(fields, new LinkedMultiValueMap<>(), model, response);
    }

    private String show(
            MultiValueMap<String, String> cases,
            MultiValueMap<String, String> typed,
            Model model,
            HttpServletResponse response) {
        try {
            model.addAttribute("choices", consultations.choices(cases(cases), person()));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("choices", new Consultations.Choices(List.of(), List.of(), List.of()));
        }
        model.addAttribute("kinds", ConsultationKind.values());
        model.addAttribute("stages", ConsultationStage.values());
        model.addAttribute("typed", typed);
        String once = typed.getFirst("once");
        model.addAttribute("once", once == null ? UUID.randomUUID().toString() : once);
        model.addAttribute("groups", signedIn.groups());
        model.addAttribute("agreedLines", AGREED_LINES);
        return "proposal/consultation";
    }

    private static List<String> cases(MultiValueMap<String, String> fields) {
        Set<String> cases = new LinkedHashSet<>();
        DraftFields.filled(fields, "case").forEach(number -> cases.add(number.strip()));
        return List.copyOf(cases);
    }

    /** Fields of a proposer end in case and person: {@code present-TA-2026-000001-wei-linshu}. */
    @PostMapping
    String record(
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam(name = "files", required = false) @Nullable List<MultipartFile> files,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response) {
        List<String> cases = cases(fields);
        try {
            Consultations.Choices choices = consultations.choices(cases, person());
            consultations.record(entry(cases, fields, choices), uploads(files), person(), fields.getFirst("once"));
        } catch (Refusal refusal) {
            String page = show(fields, fields, model, response);
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return page;
        }
        onward.addFlashAttribute("told", "已登记。");
        return "redirect:/cases/" + cases.get(0);
    }

    private static Consultations.Entry entry(
            List<String> cases, MultiValueMap<String, String> fields, Consultations.Choices choices) {
        List<Consultations.Presence> presences = new ArrayList<>();
        for (Consultations.Choices.ProposerChoice proposer : choices.proposers()) {
            String end = proposer.caseNumber() + "-" + proposer.personId();
            String present = fields.getFirst("present-" + end);
            if (present != null) {
                presences.add(new Consultations.Presence(
                        proposer.caseNumber(),
                        proposer.personId(),
                        present.equals("yes"),
                        fields.getFirst("absence-" + end)));
            }
        }
        List<Consultations.Agreed> agreed = new ArrayList<>();
        List<String> contents = DraftFields.all(fields, "agreed");
        List<String> owners = DraftFields.all(fields, "owner");
        List<String> dues = DraftFields.all(fields, "due");
        for (int i = 0; i < contents.size() && i < owners.size() && i < dues.size(); i++) {
            agreed.add(new Consultations.Agreed(contents.get(i), owners.get(i), day(dues.get(i))));
        }
        return new Consultations.Entry(
                cases,
                DraftFields.filled(fields, "units"),
                Coded.find(ConsultationKind.class, fields.getFirst("kind")),
                Coded.find(ConsultationStage.class, fields.getFirst("stage")),
                moment(fields.getFirst("heldAt")),
                fields.getFirst("place"),
                fields.getFirst("convener"),
                fields.getFirst("people"),
                fields.getFirst("unitLeader"),
                presences,
                fields.getFirst("views"),
                agreed,
                fields.getFirst("differences"));
    }

    private static @Nullable LocalDateTime moment(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal("heldAt", "「时间」不是一个日期和钟点，请重新填写。");
        }
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal("agreed", "「商定事项」的日期不是一个日期，请重新填写。");
        }
    }

    private static List<Consultations.Upload> uploads(@Nullable List<MultipartFile> files) {
        if (files == null) {
            return List.of();
        }
        return files.stream()
                .filter(file -> !file.isEmpty())
                .map(file -> {
                    try {
                        return new Consultations.Upload(
                                String.valueOf(file.getOriginalFilename()), file.getInputStream());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private String person() {
        return signedIn.person().id();
    }
}
