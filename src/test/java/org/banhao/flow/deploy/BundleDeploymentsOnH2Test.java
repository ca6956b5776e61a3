package org.banhao.flow.deploy;

import org.banhao.testing.Databases;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class BundleDeploymentsOnH2Test extends BundleDeployments {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        Databases.H2.register(registry);
    }
}
