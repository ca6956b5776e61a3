package org.banhao.monitoring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.banhao.base.Refusal;
import org.banhao.monitoring.domain.ReadingImport;
import org.banhao.monitoring.domain.RegistryWorkbook;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Values by file: from an upper platform, or from meters. For people a page, for machines an address. */
@Controller
class ImportPages {

    private static final int MOST_BYTES = 20 * 1024 * 1024;

    private final ReadingImport imports;
    private final RegistryWorkbook registry;

    ImportPages(ReadingImport imports, RegistryWorkbook registry) {
        this.imports = imports;
        this.registry = registry;
    }

    @GetMapping("/monitoring/import")
    String show() {
        return "monitoring/import";
    }

    /** Checks first; stores when everything is right and it is asked for. */
    @PostMapping("/monitoring/import")
    String take(
            @RequestParam("file") MultipartFile file,
            @RequestParam(defaultValue = "check") String act,
            Model model,
            RedirectAttributes redirect)
            throws IOException {
        if (file.isEmpty()) throw new Refusal("file", "请选择要导入的文件。");
        byte[] bytes = file.getInputStream().readNBytes(MOST_BYTES + 1);
        if (act.equals("store")) {
            ReadingImport.Result result = imports.adopt(bytes);
            redirect.addFlashAttribute("told", "已导入" + result.readings() + "行，其中" + result.fresh() + "行是新的或者与原来不同。");
            return "redirect:/monitoring/import";
        }
        model.addAttribute("result", imports.dryRun(bytes));
        return "monitoring/import";
    }

    @PostMapping("/monitoring/import/registry")
    String registry(
            @RequestParam("file") MultipartFile file,
            @RequestParam(defaultValue = "check") String act,
            Model model,
            RedirectAttributes redirect)
            throws IOException {
        if (file.isEmpty()) throw new Refusal("file", "请选择要导入的表格。");
        if (act.equals("store")) {
            RegistryWorkbook.Result result = registry.adopt(file.getInputStream());
            redirect.addFlashAttribute(
                    "told",
                    "已登记" + result.enterprises() + "家企业、" + result.outlets() + "个排放口、" + result.devices() + "台设备。");
            return "redirect:/monitoring/import";
        }
        model.addAttribute("registry", registry.dryRun(file.getInputStream()));
        return "monitoring/import";
    }

    /** All lines or none; HTTP 400 names the first bad one. The same again changes nothing. */
    @PostMapping(
            path = "/api/monitoring/readings",
            consumes = {"text/csv", MediaType.TEXT_PLAIN_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ReadingImport.Result> push(HttpServletRequest request) throws IOException {
        return ResponseEntity.ok(imports.adopt(request.getInputStream().readNBytes(MOST_BYTES + 1)));
    }
}
