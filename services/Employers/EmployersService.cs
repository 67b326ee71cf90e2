using LaborBridge.Contracts;
using LaborBridge.Employers.Papers;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>Who offers work: firms, their verification, postings and the public board.</summary>
public sealed class EmployersService : ILaborBridgeService
{
    /// <inheritdoc/>
    public string Name => "employers";

    /// <inheritdoc/>
    public IReadOnlyList<ISealed> Sealed => [.. Contacts, .. PaperRow.Sealed];

    private static readonly SealedColumn[] Contacts = [new("employers", "id", "contact_name"), new("employers", "id", "contact_phone")];

    internal static EventCatalog Catalog(StreamContract contract) => new(contract.Name, contract.Kinds, contract.Ignorable);

    /// <inheritdoc/>
    public void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddEventStream<EmployersService>(
            Name,
            Catalog(EmployerEvents.Contract),
            new Subscription(Catalog(MatchingEvents.Contract))
                .On<SeatsCounted>(CountSeats.Apply)
                .Ignore<OfferMade>().Ignore<OfferAnswered>().Ignore<OfferClosed>().Ignore<WorkerHired>()
                .OnRebuild(CountSeats.Clear));
        builder.Services.AddHostedService<ExpirePostings>();
        builder.Services.AddHostedService<IndexBoard>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder app)
    {
        RegisterEmployer.Map(app);
        CorrectEmployer.Map(app);
        VerifyEmployer.Map(app);
        FindEmployers.Map(app);
        SavePosting.Map(app);
        SubmitPosting.Map(app);
        PublishPosting.Map(app);
        ClosePosting.Map(app);
        ReviewPosting.Map(app);
        FindPostings.Map(app);
        KeepMinimumWages.Map(app);
        EmployerSites.Map(app);
        Projects.Map(app);
        CopyPosting.Map(app);
        ShowPostingHistory.Map(app);
        FindMinimumWages.Map(app);
        UploadPaper.Map(app);
        FindPapers.Map(app);
        DownloadPaper.Map(app);
        RemovePaper.Map(app);
    }
}
