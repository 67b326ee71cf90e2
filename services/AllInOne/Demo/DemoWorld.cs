using LaborBridge.Employers;
using LaborBridge.EventStreams;
using LaborBridge.Matching;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Offers;
using LaborBridge.Persistence;
using LaborBridge.Placements;
using LaborBridge.Portal;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;

namespace LaborBridge.AllInOne.Demo;

/// <summary>What the story reaches of the running services: their databases, what their handlers need, and whether everybody has heard of everything.</summary>
internal sealed class DemoWorld(IServiceProvider services)
{
    private const int Portion = 250;

    public DemoClock Clock { get; } = services.GetRequiredService<DemoClock>();

    public Db<WorkersService> Workers { get; } = services.GetRequiredService<Db<WorkersService>>();

    public Db<EmployersService> Employers { get; } = services.GetRequiredService<Db<EmployersService>>();

    public Db<MatchingService> Matching { get; } = services.GetRequiredService<Db<MatchingService>>();

    public Db<PlacementsService> Placements { get; } = services.GetRequiredService<Db<PlacementsService>>();

    public Db<PortalService> Portal { get; } = services.GetRequiredService<Db<PortalService>>();

    public KeyRing Keys { get; } = services.GetRequiredService<KeyRing>();

    public WorkerWriter Writer { get; } = services.GetRequiredService<WorkerWriter>();

    public PlacementsOptions Rules { get; } = services.GetRequiredService<PlacementsOptions>();

    public BookKeeper Book { get; } = services.GetRequiredService<BookKeeper>();

    private SettleOffers Offers { get; } = services.GetRequiredService<SettleOffers>();

    /// <summary>Does the same as so many requests, some hundred in a transaction.</summary>
    public static async Task Each<T>(Db db, IEnumerable<T> items, Func<Tx, T, Task> work)
    {
        foreach (var portion in items.Chunk(Portion))
        {
            await db.Write(async tx =>
            {
                foreach (var item in portion)
                {
                    await work(tx, item);
                }
            });
        }
    }

    /// <summary>
    /// What the clock alone brings about happens at this moment of the story, not when a timer looks: postings expire, open offers settle. Then waits until every
    /// subscriber has applied what every stream holds, and the book too.
    /// </summary>
    public async Task Settle(CancellationToken cancel)
    {
        while (await Employers.Write(tx => ExpirePostings.Expire(tx, ChinaTime.Today(Clock)), cancel: cancel) > 0)
        {
        }

        do
        {
            while (!await Settled(cancel))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancel);
            }
        }
        while (await Offers.Once(cancel) > 0);
        await Book.CatchUp(cancel);
    }

    /// <summary>The answer of a handler that must not refuse.</summary>
    public static Reply Accepted(Reply reply) => reply.Problem is { } problem
        ? throw new InvalidOperationException($"The demo was refused: {problem.Code} {problem.Detail.Zh} {string.Join(' ', problem.Errors.Select(error => $"{error.Field}: {error.Message.Zh}"))}")
        : reply;

    /// <summary>The id of what a handler has made.</summary>
    public static Guid Made(Reply reply) => Guid.Parse(Accepted(reply).Location!.Split('/')[^1]);

    private async Task<bool> Settled(CancellationToken cancel)
    {
        var all = new List<StreamStatus>();
        foreach (var monitor in services.GetServices<StreamMonitor>())
        {
            all.AddRange(await monitor.Read(cancel));
        }

        var heads = all.Where(status => status.Checkpoint is null).ToDictionary(status => status.Stream, status => status.Head);
        return all.All(status => status.Checkpoint is not { } applied || applied >= heads[status.Stream]);
    }
}
