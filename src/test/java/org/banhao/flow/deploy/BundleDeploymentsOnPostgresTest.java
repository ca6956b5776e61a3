package org.banhao.flow.deploy;

import org.banhao.testing.Databases;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class BundleDeploymentsOnPostgresTest extends BundleDeployments {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        Databases.POSTGRESQL.register(registry);
    }
}
