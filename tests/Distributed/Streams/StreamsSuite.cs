using LaborBridge.EventStreams;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Distributed.Streams;

/// <summary>What a test of streams starts from: two databases and a way to the broker. Derived classes choose the transport.</summary>
public abstract class StreamsSuite : IAsyncLifetime
{
    private protected static readonly StreamOptions Quick = new()
    {
        Tick = TimeSpan.FromMilliseconds(100),
        FirstRetry = TimeSpan.FromMilliseconds(500),
        ReplayTimeout = TimeSpan.FromSeconds(2),
    };

    private readonly TempFolder folder = TempFolder.Create();
    private readonly List<ScratchDatabase> databases = [];
    private VirtualHost? virtualHost;

    private protected Store SenderStore { get; private set; } = null!;

    private protected Store ReceiverStore { get; private set; } = null!;

    private protected Uri? Address => virtualHost?.Address;

    private protected abstract bool HasBroker { get; }

    private protected virtual bool HasServer => false;

    public async ValueTask InitializeAsync()
    {
        (SenderStore, ReceiverStore) = HasServer
            ? (Store.PostgreSql(await Database()), Store.PostgreSql(await Database()))
            : (Store.Sqlite(folder, "sender"), Store.Sqlite(folder, "receiver"));
        if (HasBroker)
        {
            Requires.RabbitMq();
            virtualHost = await (await Broker.Shared()).CreateVirtualHost();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (virtualHost is not null)
        {
            await virtualHost.DisposeAsync();
        }

        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }

        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sender and receiver in one process.</summary>
    private protected Task<Node> StartBoth(Behaviour? behaviour = null, StreamOptions? options = null, EventCatalog? catalog = null) =>
        Node.Start(Address, options ?? Quick, SenderStore, ReceiverStore, behaviour, catalog);

    /// <summary>The same with a relay that ships nothing: the test decides what gets through.</summary>
    private protected async Task<Node> StartWithoutRelay(Behaviour? behaviour = null, StreamOptions? options = null, EventCatalog? catalog = null)
    {
        await using (var db = await SenderStore.Open<Sender>())
        {
            await Store.TakeLease(db, TimeSpan.FromHours(1));
        }

        return await StartBoth(behaviour, options, catalog);
    }

    private protected Task<Node> StartSender(StreamOptions? options = null) => Node.Start(Address, options ?? Quick, SenderStore, receiver: null);

    /// <summary>One of several receivers on one database.</summary>
    private protected Task<Node> StartReceiver(Behaviour? behaviour = null, StreamOptions? options = null) =>
        Node.Start(Address, options ?? Quick, sender: null, ReceiverStore, behaviour);

    private async Task<ScratchDatabase> Database()
    {
        Requires.PostgreSql();
        databases.Add(await (await PostgreSql.Shared()).CreateDatabase());
        return databases[^1];
    }
}
