using System.Collections.Concurrent;
using LaborBridge.Domain;
using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Books;

/// <summary>
/// Keeps this replica's book in memory: built from the copies at start, then fed by change numbers, since a single active consumer feeds one replica only
/// (design: in-memory books on every replica). Looks every 200 ms, at once after a change made here. Who changed may draw those who travel with him, or no longer: they are looked
/// at too, and nobody has to lock their rows.
/// </summary>
internal sealed partial class BookKeeper : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private static readonly Sql ChangedWorkers = Sql.Text($"SELECT {WorkerRow.ForBook} FROM match_workers WHERE change_no > @Seen AND change_no <= @Head");

    private static readonly Sql Companions = Sql.Text($"SELECT {WorkerRow.ForBook} FROM match_workers WHERE with_id IN @Parties");

    private static readonly Sql Named = Sql.Text($"SELECT {WorkerRow.ForBook} FROM match_workers WHERE worker_id IN @Parties AND with_id IS NOT NULL");

    private static readonly Sql ChangedPostings = Sql.Text($"SELECT {PostingRow.Columns} FROM match_postings WHERE change_no > @Seen AND change_no <= @Head");

    // From nothing, only what shall be in the book is read.
    private static readonly Sql AllWorkers = Sql.Text($"SELECT {WorkerRow.ForBook} FROM match_workers WHERE willing = 1 AND change_no <= @Head");

    private static readonly Sql AllPostings = Sql.Text($"SELECT {PostingRow.Columns} FROM match_postings WHERE live = 1 AND change_no <= @Head");

    private static readonly Sql HeadNow = Sql.Text("SELECT change_no FROM book_change WHERE id = 1");

    private readonly Db<MatchingService> db;
    private readonly TimeProvider time;
    private readonly ILogger<BookKeeper> log;
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly ConcurrentDictionary<Guid, string> leftOut = [];
    private readonly Dictionary<Guid, Guid> travelsWith = [];
    private long seen;

    public BookKeeper(Db<MatchingService> db, TimeProvider time, ILogger<BookKeeper> log)
    {
        this.db = db;
        this.time = time;
        this.log = log;
        Book = new Book(ProfileOf(ChinaTime.Today(time)));
    }

    /// <summary>The book; complete before the first request comes.</summary>
    public Book Book { get; }

    /// <summary>What was told and cannot be matched, and why: health says so.</summary>
    public IReadOnlyDictionary<Guid, string> LeftOut => leftOut;

    /// <summary>The weights of everyday lists: the defaults, with the pairing bonus on the worker's side.</summary>
    public static Profile ProfileOf(DateOnly day) => new()
    {
        AsOf = day,
        Pairing = true,
        Pairings = new PairedPlaces(Pairings.On(day).Select(pairing => (pairing.Ningxia.ToString(), pairing.Fujian.ToString()))),
    };

    /// <summary>Reads the copies before the service takes requests.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await CatchUp(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks now.</summary>
    public void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // A look is due already.
            return;
        }
    }

    /// <summary>Brings the book up to what is committed at this moment.</summary>
    public Task CatchUp(CancellationToken cancel = default) => db.Read(
        async tx =>
        {
            await CatchUp(tx, cancel);
            return seen;
        },
        cancel);

    /// <summary>The same within a request that names what it must have seen (<c>?after=</c>), on its own connection: many of them wait without taking a second one each.</summary>
    public Task CatchUpFor(HttpContext http, Tx tx) => http.Request.Query.ContainsKey("after") ? CatchUp(tx, http.RequestAborted) : Task.CompletedTask;

    public override void Dispose()
    {
        wake.Dispose();
        one.Dispose();
        Book.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUp(stoppingToken);
                await wake.WaitAsync(LookEvery, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(error);
                await wake.WaitAsync(TimeSpan.FromSeconds(2), stoppingToken);
            }
        }
    }

    private async Task CatchUp(Tx tx, CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            await Look(tx, cancel);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task Look(Tx tx, CancellationToken cancel)
    {
        var today = ChinaTime.Today(time);
        if (Book.Profile.AsOf != today)
        {
            Book.Profile = ProfileOf(today);
        }

        var head = await tx.Scalar<long>(HeadNow);
        if (head == seen)
        {
            return;
        }

        // Putting a row in twice does no harm, so a look that is repeated after an error does none either.
        var span = new { Seen = seen, Head = head };
        var (workers, postings, parties) = (new List<WorkerEntry>(), new List<PostingEntry>(), new HashSet<Guid>());
        await foreach (var row in tx.Stream<WorkerRow>(seen == 0 ? AllWorkers : ChangedWorkers, span).WithCancellation(cancel))
        {
            if (travelsWith.Remove(row.WorkerId, out var before))
            {
                parties.Add(before);
            }

            if (row.WithId is { } now)
            {
                travelsWith.Add(row.WorkerId, now);
                parties.Add(now);
            }

            Take(row, workers);
        }

        // From nothing everybody was looked at already.
        foreach (var portion in seen == 0 ? [] : parties.Order().Chunk(500))
        {
            foreach (var row in (await tx.Query<WorkerRow>(Companions, new { Parties = portion })).Concat(await tx.Query<WorkerRow>(Named, new { Parties = portion })))
            {
                Take(row, workers);
            }
        }

        await foreach (var row in tx.Stream<PostingRow>(seen == 0 ? AllPostings : ChangedPostings, span).WithCancellation(cancel))
        {
            if (Entry(row) is { } entry)
            {
                postings.Add(entry);
            }
            else
            {
                Book.RemovePosting(row.PostingId);
            }
        }

        Book.Upsert(workers, postings);
        seen = head;
    }

    private void Take(WorkerRow row, List<WorkerEntry> workers)
    {
        if (Entry(row) is { } entry)
        {
            workers.Add(entry);
        }
        else
        {
            Book.RemoveWorker(row.WorkerId);
        }
    }

    private WorkerEntry? Entry(WorkerRow row)
    {
        string? broken = null;
        var entry = row.Willing ? WorkerCopy.Entry(row, out broken) : null;
        Note(row.WorkerId, broken);
        return entry;
    }

    private PostingEntry? Entry(PostingRow row)
    {
        string? broken = null;
        var entry = row.Live ? PostingCopy.Entry(row, out broken) : null;
        Note(row.PostingId, broken);
        return entry;
    }

    private void Note(Guid id, string? broken)
    {
        if (broken is null)
        {
            leftOut.TryRemove(id, out _);
            return;
        }

        leftOut[id] = broken;
        CannotMatch(id, broken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Id} cannot be matched and is left out: {Reason}")]
    private partial void CannotMatch(Guid id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The book could not follow its copies; it tries again.")]
    private partial void Failed(Exception error);
}
