using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Unit.Streams;

public sealed class A_subscription
{
    private static readonly EventCatalog Catalog = new(
        "senders", new Dictionary<string, Type>(StringComparer.Ordinal) { ["came"] = typeof(Came), ["went"] = typeof(Went) }, new HashSet<string>(StringComparer.Ordinal));

    [Fact]
    public void must_say_something_about_every_kind()
    {
        var mistake = Assert.Single(new Subscription(Catalog).Ignore<Came>().OnRebuild(_ => Task.CompletedTask).Mistakes("receivers"));
        Assert.Equal("The subscription of 'receivers' to 'senders' says nothing about Went: add On or Ignore for each.", mistake);
    }

    [Fact]
    public void must_not_name_an_event_of_another_stream()
    {
        var mistake = Assert.Single(new Subscription(Catalog).Ignore<Came>().Ignore<Went>().Ignore<Other>().OnRebuild(_ => Task.CompletedTask).Mistakes("receivers"));
        Assert.Contains("Other", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void must_say_how_the_copy_is_emptied()
    {
        var mistake = Assert.Single(new Subscription(Catalog).Ignore<Came>().Ignore<Went>().Mistakes("receivers"));
        Assert.Contains("OnRebuild", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public async Task that_is_wrong_keeps_the_service_from_starting()
    {
        await using var provider = new ServiceCollection().AddLogging()
            .AddSingleton(new Db<A_subscription>(SqlKind.Sqlite, "Data Source=never-opened.db"))
            .AddEventStream<A_subscription>("receivers", new EventCatalog("receivers", new Dictionary<string, Type>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal)), new Subscription(Catalog))
            .BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<StreamMonitor>);
        Assert.Contains("Came, Went", error.Message, StringComparison.Ordinal);
    }

    private sealed record Came;

    private sealed record Went;

    private sealed record Other;
}
