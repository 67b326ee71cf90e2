namespace LaborBridge.Tests.Laboratory;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    KillService,
    TerminateService,
    FreezeService,
    KillBroker,
    TerminateBroker,
    FreezeBroker,
    WipeBroker,
    KillDatabase,
    TerminateDatabase,
    CutLink,
    DelayLink,
    HalfOpenLink,
    DeafLink,
    MuteLink,
    RepeatDeliveries,
    LoseDeliveries,
    BusyFile,
    FullDisk,
    StepClock,
    RestoreBackup,
    NewerContract,
}

/// <summary>Something goes wrong at a moment, for a while.</summary>
/// <param name="At">From the start of the run.</param>
/// <param name="Kind">What.</param>
/// <param name="Target">Service, or empty where there is one of its kind.</param>
/// <param name="Replica">Which of its processes.</param>
/// <param name="Lasts">How long until it is undone, as far as it can be.</param>
/// <param name="Size">Milliseconds of delay, seconds of a clock's step, …</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, string Target, int Replica, TimeSpan Lasts, int Size);

/// <summary>What people do.</summary>
internal enum ActKind
{
    Register,
    Wish,
    Reveal,
    PlaceSelfFound,
    Offer,
    AnswerForWorker,
    AnswerForFirm,
    Withdraw,
    Step,
    RegisterFirm,
    Verify,
    Post,
    ClosePosting,
    ImportRoster,
}

/// <summary>Something that somebody does at a moment, with numbers that choose among what is there then.</summary>
internal sealed record Act(TimeSpan At, int Person, ActKind Kind, int Number, int One, int Other);

/// <summary>Who does what when, and what goes wrong when: the same for the same seed, length and set-up.</summary>
internal sealed record Script(int Seed, TimeSpan Length, Setup Setup, IReadOnlyList<Act> Acts, IReadOnlyList<Fault> Faults)
{
    public const int People = 6;

    /// <summary>Faults that follow closely on each other; then there is calm for a while.</summary>
    private const int Storm = 6;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    // What is done often stands here often.
    private static readonly ActKind[] AsClerk =
    [
        ActKind.Register, ActKind.Register, ActKind.Register, ActKind.Wish, ActKind.Reveal, ActKind.PlaceSelfFound, ActKind.Offer, ActKind.Offer, ActKind.Offer,
        ActKind.AnswerForWorker, ActKind.AnswerForWorker, ActKind.AnswerForWorker, ActKind.Step, ActKind.Step, ActKind.Step, ActKind.Withdraw,
    ];

    private static readonly ActKind[] AsFirm =
        [ActKind.RegisterFirm, ActKind.Post, ActKind.Post, ActKind.Post, ActKind.AnswerForFirm, ActKind.AnswerForFirm, ActKind.AnswerForFirm, ActKind.AnswerForFirm, ActKind.Offer, ActKind.ClosePosting];

    private static readonly ActKind[] AsOfficial = [ActKind.Verify, ActKind.Verify, ActKind.Reveal, ActKind.Offer];

    private static readonly FaultKind[] Common =
        [FaultKind.KillBroker, FaultKind.TerminateBroker, FaultKind.FreezeBroker, FaultKind.WipeBroker, FaultKind.KillDatabase, FaultKind.TerminateDatabase];

    /// <summary>The script of a seed.</summary>
    public static Script Of(int seed, TimeSpan length, Setup? setup = null)
    {
        var chosen = setup ?? Setup.Of(seed);
        return new Script(seed, length, chosen, ActsOf(seed, length), FaultsOf(seed, length, chosen));
    }

    /// <summary>Three clerks, two firms' people, an official, each one thing after another.</summary>
    private static List<Act> ActsOf(int seed, TimeSpan length)
    {
        var acts = new List<Act> { new(TimeSpan.FromSeconds(1), Person: 0, ActKind.ImportRoster, Number: 0, One: 0, Other: 0) };
        for (var person = 0; person < People; person++)
        {
            var random = new Random((seed * 1009) + person);
            var kinds = person < 3 ? AsClerk : person < 5 ? AsFirm : AsOfficial;
            var at = TimeSpan.Zero;
            for (var number = 1; (at += TimeSpan.FromMilliseconds(random.Next(20, person < 5 ? 300 : 1000))) < length; number++)
            {
                // The first things are those that the others need.
                var kind = number <= 4 ? kinds[0] : kinds[random.Next(kinds.Length)];
                acts.Add(new Act(at, person, number is > 2 and <= 4 && person is 3 or 4 ? ActKind.Post : kind, (person * 100_000) + number, random.Next(), random.Next()));
            }
        }

        return [.. acts.OrderBy(act => act.At)];
    }

    private static List<Fault> FaultsOf(int seed, TimeSpan length, Setup setup)
    {
        var random = new Random(seed * 7919);
        var kinds = Enum.GetValues<FaultKind>().Where(kind => Possible(kind, setup)).ToLookup(kind => Common.Contains(kind));
        var (common, own) = (new Queue<FaultKind>(), new Queue<FaultKind>());
        var faults = new List<Fault>();
        for (var at = WarmUp; at < length; at += TimeSpan.FromMilliseconds(faults.Count % Storm == 0 ? random.Next(6000, 8000) : random.Next(400, 1600)))
        {
            // Now and then what all share is hit, else something of one service; every kind has its turn before one comes again.
            var turn = faults.Count % 4 == 2 ? common : own;
            if (turn.Count == 0)
            {
                foreach (var kind in kinds[turn == common].Concat(turn == own ? [FaultKind.KillService, FaultKind.KillService] : []).OrderBy(_ => random.Next()))
                {
                    turn.Enqueue(kind);
                }
            }

            faults.Add(One(random, turn.Dequeue(), at, setup));
        }

        return faults;
    }

    private static Fault One(Random random, FaultKind kind, TimeSpan at, Setup setup)
    {
        var target = kind switch
        {
            FaultKind.KillBroker or FaultKind.TerminateBroker or FaultKind.FreezeBroker or FaultKind.WipeBroker or FaultKind.KillDatabase or FaultKind.TerminateDatabase => "",
            FaultKind.FullDisk => setup.SmallDisk!,
            FaultKind.RepeatDeliveries or FaultKind.LoseDeliveries => Names.Subscriptions[random.Next(Names.Subscriptions.Count)] is var (service, stream) ? $"{service}.{stream}" : "",
            FaultKind.KillService or FaultKind.TerminateService or FaultKind.FreezeService or FaultKind.BusyFile => Names.All[random.Next(Names.All.Count)],
            FaultKind.RestoreBackup => random.Next(2) == 0 ? "employers" : "workers",
            FaultKind.NewerContract => "workers",
            FaultKind.CutLink or FaultKind.DelayLink or FaultKind.HalfOpenLink or FaultKind.DeafLink or FaultKind.MuteLink or FaultKind.StepClock =>
                Names.Streaming[random.Next(Names.Streaming.Count)],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        var replicas = target == "portal" ? 1 : setup.Replicas;
        var (least, most) = kind is FaultKind.HalfOpenLink or FaultKind.DeafLink or FaultKind.MuteLink or FaultKind.FreezeService ? (1_000, 8_000) : (200, 3_000);
        var size = kind == FaultKind.StepClock ? random.Next(-3600, 3600) : random.Next(20, 400);
        return new Fault(at, kind, target, random.Next(replicas), TimeSpan.FromMilliseconds(random.Next(least, most)), size);
    }

    private static bool Possible(FaultKind kind, Setup setup) => kind switch
    {
        FaultKind.KillDatabase or FaultKind.TerminateDatabase => setup.Server,
        FaultKind.BusyFile => !setup.Server,
        FaultKind.FullDisk => setup.SmallDisk is not null,
        FaultKind.StepClock or FaultKind.NewerContract => setup.Hosted,
        FaultKind.RestoreBackup => setup is { Server: false, Replicas: 1 },
        _ => true,
    };
}
