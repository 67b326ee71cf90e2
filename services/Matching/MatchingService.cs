using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Offers;
using LaborBridge.Matching.Rounds;
using LaborBridge.ServiceDefaults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LaborBridge.Matching;

/// <summary>Who fits; offers until both sides have answered. It owns the seats: accepted never exceeds headcount.</summary>
public sealed class MatchingService : ILaborBridgeService
{
    /// <inheritdoc/>
    public string Name => "matching";

    /// <inheritdoc/>
    public void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BookKeeper>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<BookKeeper>());
        builder.Services.AddSingleton<SettleOffers>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SettleOffers>());
        builder.Services.AddHealthChecks().AddCheck<BookHealth>("book", HealthStatus.Degraded, ["ready"]);
        builder.Services.AddHostedService<RoundRunner>();
        builder.Services.AddEventStream<MatchingService>(Name, Catalog(MatchingEvents.Contract), provider =>
        {
            var (book, offers) = (provider.GetRequiredService<BookKeeper>(), provider.GetRequiredService<SettleOffers>());
            return Subscriptions(() =>
            {
                book.Wake();
                offers.Wake();
            });
        });
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder app)
    {
        RankPostings.Map(app);
        RankWorkers.Map(app);
        ExplainPair.Map(app);
        MakeOffer.Map(app);
        AnswerOffer.Map(app);
        WithdrawOffer.Map(app);
        FindOffers.Map(app);
        StartRound.Map(app);
        FindRounds.Map(app);
        PublishRound.Map(app);
    }

    /// <summary>What Matching hears: wishes, postings, and who is at work.</summary>
    internal static Subscription[] Subscriptions(Action applied) =>
    [
        new Subscription(Catalog(WorkerEvents.Contract))
            .On<WorkerWilling>(WorkerCopy.Apply)
            .On<WorkerNotWilling>(WorkerCopy.Apply)
            .On<WorkerErased>(WorkerCopy.Apply)
            .Ignore<WorkerRecorded>().Ignore<ConsentGiven>().Ignore<ConsentWithdrawn>().Ignore<SelfFoundSpellReported>().Ignore<SelfFoundSpellWithdrawn>()
            .Ignore<TrainingFinished>()
            .On<WorkerMerged>(Experience.Apply)
            .On<WorkerSeparated>(Experience.Apply)
            .OnRebuild(WorkerCopy.Clear)
            .After(applied),
        new Subscription(Catalog(EmployerEvents.Contract))
            .On<PostingPublished>(PostingCopy.Apply)
            .On<PostingClosed>(PostingCopy.Apply)
            .Ignore<EmployerRecorded>()
            .OnRebuild(PostingCopy.Clear)
            .After(applied),
        new Subscription(Catalog(PlacementEvents.Contract))
            .On<PlacementOpened>(RunningPlacements.Apply)
            .On<PlacementMoved>(RunningPlacements.Apply)
            .On<PlacementEnded>(RunningPlacements.Apply)
            .Ignore<LedgerSealed>()
            .OnRebuild(RunningPlacements.Clear)
            .After(applied),
    ];

    private static EventCatalog Catalog(StreamContract contract) => new(contract.Name, contract.Kinds, contract.Ignorable);
}
