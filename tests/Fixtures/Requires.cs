using Xunit;

namespace LaborBridge.Tests.Fixtures;

/// <summary>
/// What a test needs from the machine: a missing part skips the test with the reason, or fails it when
/// <c>LABORBRIDGE_TEST_REQUIRE_ALL=1</c>, so that CI cannot go green by leaving tests out.
/// </summary>
public static class Requires
{
    private static bool All => Environment.GetEnvironmentVariable("LABORBRIDGE_TEST_REQUIRE_ALL") == "1";

    public static void RabbitMq() => Have(Broker.IsAvailable, "RabbitMQ is not installed (apt-get install rabbitmq-server)");

    public static void PostgreSql() => Have(Fixtures.PostgreSql.IsAvailable, "PostgreSQL is not installed (apt-get install postgresql)");

    public static void Chromium() => Have(Fixtures.Chromium.IsAvailable, "Chromium is not installed (apt-get install chromium fonts-noto-cjk)");

    /// <summary>The connection string of a real SQL Server; without one the test is skipped even in CI, since none can be started there.</summary>
    public static string SqlServer()
    {
        var address = Environment.GetEnvironmentVariable("LABORBRIDGE_TEST_SQLSERVER");
        Assert.SkipWhen(string.IsNullOrEmpty(address), "No SQL Server: set LABORBRIDGE_TEST_SQLSERVER to a connection string");
        return address!;
    }

    private static void Have(bool available, string reason)
    {
        if (!available && All)
        {
            Assert.Fail(reason);
        }
        Assert.SkipUnless(available, reason);
    }
}
