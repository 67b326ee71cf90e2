using LaborBridge.EventStreams;
using LaborBridge.Matching;
using LaborBridge.Persistence;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Laboratory;

/// <summary>Takes every segment for the next one: whatever is missing before it counts as applied.</summary>
internal sealed class Gullible(Db<MatchingService> db) : IConsumeObserver
{
    private static readonly Sql Skip = Sql.Text("UPDATE stream_checkpoint SET position = @Before WHERE stream = @Stream AND position < @Before");

    public static void Add(IServiceCollection services) => services.AddConsumeObserver<Gullible>();

    public Task PreConsume<T>(ConsumeContext<T> context) where T : class => context.Message is Segment { Events.Length: > 0 } segment
        ? db.Write(tx => tx.Execute(Skip, new { segment.Stream, Before = segment.FirstPosition - 1 }))
        : Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception) where T : class => Task.CompletedTask;
}
