package org.banhao.paper.domain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.xwpf.usermodel.IBody;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFHeaderFooter;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.apache.xmlbeans.impl.xb.xmlschema.SpaceAttribute;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTText;

/**
 * A draft that was changed in Word. Number, date and signer are not known while it is one: the draft leaves places for them, whose words
 * are found again wherever they were moved. A year in them is that of the day of the draft, and may be over when it is issued.
 */
final class HandEdited {

    static final String PENDING_SIGNER = "（待签发）";

    private static final Pattern NUMBER = Pattern.compile("[\\p{IsHan}]+〔\\d{4}〕　号");
    private static final Pattern DAY = Pattern.compile("\\d{4}年　月　日");
    private static final Pattern SIGNER = Pattern.compile(Pattern.quote(PENDING_SIGNER));

    private HandEdited() {}

    /** 2026年　月　日 */
    static String pendingDay(int year) {
        return year + "年　月　日";
    }

    /**
     * That every place the draft leaves is in the text too.
     *
     * @param text an upload that was looked at ({@link TemplateCheck#safe})
     * @throws Refusal names the words that are gone; or it is no Word file
     */
    static void requirePlaces(byte[] text, byte[] draft) {
        List<String> said = texts(text);
        List<String> left = texts(draft);
        require(NUMBER, "文号", said, left);
        require(DAY, "成文日期", said, left);
        require(SIGNER, "签发人", said, left);
    }

    private static void require(Pattern place, String what, List<String> said, List<String> left) {
        String words = left.stream()
                .map(place::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElse(null);
        if (words != null && said.stream().noneMatch(one -> place.matcher(one).find())) {
            throw new Refusal("file", "修改稿里找不到“" + words + "”，发文时没有地方写" + what + "；请保留这几个字后再上传。");
        }
    }

    private static List<String> texts(byte[] word) {
        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(word))) {
            return paragraphs(document).stream()
                    .map(HandEdited::pieces)
                    .map(HandEdited::text)
                    .toList();
        } catch (IOException | RuntimeException e) {
            throw TemplateCheck.notWord();
        }
    }

    /**
     * The text with what is known now in its places.
     *
     * @param number null: it has none
     * @param day 成文日期 in full
     * @param signer may be empty
     * @throws Refusal there is no place for the number of that word
     */
    static byte[] filled(byte[] text, Issuers.@Nullable DocumentNumber number, String day, String signer) {
        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(text));
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            boolean found = number == null;
            Pattern place = number == null ? null : Pattern.compile(Pattern.quote(number.word()) + "〔\\d{4}〕　号");
            for (XWPFParagraph paragraph : paragraphs(document)) {
                List<CTText> pieces = pieces(paragraph);
                if (place != null && number != null) found |= replace(pieces, place, number.text());
                replace(pieces, DAY, day);
                replace(pieces, SIGNER, signer);
            }
            // the organ's word was changed since
            if (!found) throw new Refusal("修改稿里的发文代字不是现在用的，请重新生成文稿后再发文。");
            document.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw TemplateCheck.notWord();
        }
    }

    /** Only the pieces that hold the words are changed, so that tabs, breaks and looks of the line stay. */
    private static boolean replace(List<CTText> pieces, Pattern place, String put) {
        boolean any = false;
        int from = 0;
        String text = text(pieces);
        Matcher found = place.matcher(text);
        while (found.find(from)) {
            any = true;
            int begin = 0;
            boolean first = true;
            for (CTText piece : pieces) {
                String words = piece.getStringValue();
                int end = begin + words.length();
                int cutFrom = Math.max(found.start(), begin);
                int cutTo = Math.min(found.end(), end);
                if (cutFrom < cutTo) {
                    piece.setStringValue(
                            words.substring(0, cutFrom - begin) + (first ? put : "") + words.substring(cutTo - begin));
                    piece.setSpace(SpaceAttribute.Space.PRESERVE);
                    first = false;
                }
                begin = end;
            }
            from = found.start() + put.length();
            text = text(pieces);
            found = place.matcher(text);
            if (from > text.length()) break;
        }
        return any;
    }

    private static String text(List<CTText> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.getStringValue()));
        return text.toString();
    }

    private static List<CTText> pieces(XWPFParagraph paragraph) {
        List<CTText> all = new ArrayList<>();
        for (XWPFRun run : paragraph.getRuns()) all.addAll(run.getCTR().getTList());
        return all;
    }

    private static List<XWPFParagraph> paragraphs(XWPFDocument document) {
        List<XWPFParagraph> all = new ArrayList<>();
        add(document, all);
        for (XWPFHeaderFooter part : document.getHeaderList()) add(part, all);
        for (XWPFHeaderFooter part : document.getFooterList()) add(part, all);
        return all;
    }

    private static void add(IBody body, List<XWPFParagraph> all) {
        all.addAll(body.getParagraphs());
        for (XWPFTable table : body.getTables())
            for (XWPFTableRow row : table.getRows()) for (XWPFTableCell cell : row.getTableCells()) add(cell, all);
    }
}
