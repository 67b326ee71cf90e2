using LaborBridge.Tests.Fixtures;
using LaborBridge.Tests.Laboratory;
using Xunit;

namespace LaborBridge.Tests.Distributed.Faults;

/// <summary>The laboratory finds what it is there to find: each mistake is made on purpose, in its own host, and broken rules tell of it.</summary>
[Collection(nameof(Alone))]
public sealed class Mistakes(ITestOutputHelper output)
{
    // Long enough for the sound parts to come to rest; what the mistake broke stays broken.
    private static readonly TimeSpan ComesToRest = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task show_when_a_write_is_acknowledged_before_its_commit() => Finds(
        "every acknowledged Register is there", await Run(Mutant.EarlyAnswer, Registering, Kill("workers", 2.5)));

    [Fact]
    public async Task show_when_the_checkpoint_moves_in_another_transaction() => Finds(
        "placements' copy of workers", await Run(Mutant.LooseCheckpoint, Registering, Kill("placements", 3.5)));

    [Fact]
    public async Task show_when_the_relay_counts_what_the_broker_has_not_confirmed() => Finds(
        "what counts as shipped was published", await Run(Mutant.HastyRelay, Registering, Kill("workers", 2.5)));

    [Fact]
    public async Task show_when_a_subscriber_does_not_look_for_gaps() => Finds(
        "matching's copy of willing workers",
        await Run(Mutant.NoGapCheck, Registering, Fault(FaultKind.FreezeService, "matching", 2, 3), Fault(FaultKind.LoseDeliveries, "matching.workers", 4.2, 0)));

    [Fact]
    public async Task show_when_an_offer_reads_the_seats_and_takes_one_later() => Finds("no more hires than seats", await Run(Mutant.TwoStepOffer, [.. Crowding]));

    [Fact]
    public async Task are_not_seen_where_there_are_none()
    {
        var outcome = await Of(mutant: null, [.. Registering, .. Crowding], Kill("workers", 2.5), Kill("placements", 3.5), Fault(FaultKind.FreezeService, "matching", 2, 3), Fault(FaultKind.LoseDeliveries, "matching.workers", 4.2, 0));
        Assert.Empty(outcome.Violations);
    }

    /// <summary>Three clerks register people, five a second each.</summary>
    private static IReadOnlyList<Act> Registering => [.. Enumerable.Range(1, 90).Select(i => Do(0.2 * (i / 3), person: i % 3, ActKind.Register, i, 17 * i, 31 * i))];

    /// <summary>Three people get an offer of two seats; all say yes, and the firm says yes to all of them at the same moment.</summary>
    private static IEnumerable<Act> Crowding =>
    [
        Do(0, person: 3, ActKind.RegisterFirm, 1, 0, 0), Do(1, person: 5, ActKind.Verify, 1, 0, 0), Do(2, person: 3, ActKind.Post, 2, 0, 1),
        .. Enumerable.Range(0, 3).SelectMany(i => new[]
        {
            Do(0.2, person: i, ActKind.Register, 150 + i, 40 + i, 0), Do(5, person: i, ActKind.Offer, 60 + i, i, 0),
            Do(7, person: i, ActKind.AnswerForWorker, 70 + i, i, 1), Do(8.5, person: 3 + i, ActKind.AnswerForFirm, 80 + i, i, 1),
        }),
    ];

    private static Task<Outcome> Run(string mutant, IReadOnlyList<Act> acts, params Fault[] faults) => Of(mutant, acts, faults);

    private static Task<Outcome> Of(string? mutant, IReadOnlyList<Act> acts, params Fault[] faults)
    {
        Requires.RabbitMq();
        var ordered = acts.OrderBy(act => act.At).ToList();
        return Laboratory.Run.Of(new Script(Seed: 1, ordered[^1].At, new Setup(Hosted: true, Mutant: mutant), ordered, faults), within: mutant is null ? null : ComesToRest);
    }

    private void Finds(string rule, Outcome outcome)
    {
        outcome.Violations.ToList().ForEach(output.WriteLine);
        Assert.Contains(outcome.Violations, violation => violation.StartsWith(rule + ":", StringComparison.Ordinal));
        Assert.DoesNotContain(outcome.Violations, violation => violation.StartsWith("everything is applied:", StringComparison.Ordinal));
    }

    private static Act Do(double at, int person, ActKind kind, int number, int one, int other) => new(TimeSpan.FromSeconds(at), person, kind, number + (person * 100_000), one, other);

    private static Fault Kill(string service, double at) => Fault(FaultKind.KillService, service, at, 0.1);

    private static Fault Fault(FaultKind kind, string target, double at, double lasts) => new(TimeSpan.FromSeconds(at), kind, target, Replica: 0, TimeSpan.FromSeconds(lasts), Size: 1);
}
