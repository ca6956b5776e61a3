package org.banhao.casefile.web;

import jakarta.servlet.MultipartConfigElement;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** A request may be as large as the largest file and the fields of its form together. */
@Configuration(proxyBeanMethods = false)
class UploadSizes {

    /** Long texts of a form that goes with the file, many times over. */
    private static final DataSize FIELDS = DataSize.ofMegabytes(10);

    @Bean
    MultipartConfigElement multipartConfigElement(MultipartProperties properties) {
        properties.setMaxRequestSize(
                DataSize.ofBytes(properties.getMaxFileSize().toBytes() + FIELDS.toBytes()));
        return properties.createMultipartConfig();
    }
}
