package org.banhao.proposal.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.TakenText;
import org.banhao.proposal.domain.WordIntake;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A draft's text from Word: choose or paste, correct what was found, take it; and the way back. Works without scripts. */
@Controller
@RequestMapping({ProposerPages.MY + "/drafts/{number}/word", ProposerPages.ON_BEHALF + "/drafts/{number}/word"})
class WordPages {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private final WordIntake intake;
    private final Drafts drafts;
    private final SignedIn signedIn;

    WordPages(WordIntake intake, Drafts drafts, SignedIn signedIn) {
        this.intake = intake;
        this.drafts = drafts;
        this.signedIn = signedIn;
    }

    @ModelAttribute("base")
    String base(HttpServletRequest request) {
        return ProposerPages.base(request);
    }

    private String me() {
        return signedIn.person().id();
    }

    @GetMapping
    String choose(@PathVariable String number, Model model) {
        return choosing(number, "", model);
    }

    private String choosing(String number, String pasted, Model model) {
        model.addAttribute("view", drafts.view(number, me()));
        model.addAttribute("pasted", pasted);
        return "proposal/word";
    }

    @PostMapping
    String read(
            @PathVariable String number,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String text,
            Model model,
            HttpServletResponse response)
            throws IOException {
        try {
            boolean chosen =
                    file != null && !String.valueOf(file.getOriginalFilename()).isEmpty();
            return correcting(
                    number,
                    file != null && chosen
                            ? intake.read(number, me(), String.valueOf(file.getOriginalFilename()), file.getBytes())
                            : intake.read(number, me(), text),
                    model);
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return choosing(number, text, model);
        }
    }

    private String correcting(String number, WordIntake.Reading reading, Model model) {
        model.addAttribute("view", drafts.view(number, me()));
        model.addAttribute("reading", reading);
        List<String> suggestions = reading.text().suggestions();
        model.addAttribute("suggestions", suggestions.isEmpty() ? List.of("") : suggestions);
        model.addAttribute("wrong", Map.of());
        return "proposal/word-text";
    }

    @PostMapping("/take")
    String take(
            @ModelAttribute("base") String base,
            @PathVariable String number,
            @RequestParam MultiValueMap<String, String> fields,
            Model model,
            HttpServletResponse response,
            RedirectAttributes onward) {
        List<String> suggestions = DraftFields.all(fields, "suggestions");
        String word = fields.getFirst("word");
        try {
            intake.take(
                    number,
                    me(),
                    DraftFields.version(fields),
                    fields.getFirst("title"),
                    fields.getFirst("situation"),
                    fields.getFirst("analysis"),
                    suggestions,
                    word,
                    pictures(fields),
                    fields.containsKey("keepWord"));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            TakenText typed = new TakenText(
                    text(fields, "title"),
                    text(fields, "situation"),
                    text(fields, "analysis"),
                    suggestions,
                    DraftFields.all(fields, "leftOut"),
                    List.of());
            return correcting(number, intake.again(number, me(), DraftFields.version(fields), word, typed), model);
        }
        onward.addFlashAttribute("told", "已填入草稿，请继续填写其他各栏。");
        return "redirect:" + base + "/drafts/" + number;
    }

    private static String text(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    private static Set<Integer> pictures(MultiValueMap<String, String> fields) {
        return DraftFields.filled(fields, "pictures").stream()
                .filter(number -> NUMBER.matcher(number).matches())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    @PostMapping("/back")
    String back(@ModelAttribute("base") String base, @PathVariable String number, RedirectAttributes onward) {
        try {
            intake.bringBack(number, me());
            onward.addFlashAttribute("told", "已恢复原来的文字；需要刚才读入的，可以再恢复一次。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:" + base + "/drafts/" + number;
    }
}
