using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Calls;
using LaborBridge.Workers.Duplicates;
using LaborBridge.Workers.Rosters;
using LaborBridge.Workers.Rosters.Jobs;
using LaborBridge.Workers.Stations;
using LaborBridge.Workers.Transfers;

namespace LaborBridge.Workers;

/// <summary>Who wants work: stations, households, workers, wishes, consents, rosters. Personal data live here and nowhere else.</summary>
public sealed class WorkersService : ILaborBridgeService
{
    /// <inheritdoc/>
    public string Name => WorkerEvents.Contract.Name;

    /// <inheritdoc/>
    public IReadOnlyList<ISealed> Sealed => [.. Sealing.Columns, .. UploadVault.Columns, new SealedUndoNotes()];

    /// <inheritdoc/>
    public IReadOnlyList<ServiceCommand> Commands => [AccessLog.VerifyCommand, Retention.ReportCommand];

    internal static EventCatalog Catalog(StreamContract contract) => new(contract.Name, contract.Kinds, contract.Ignorable);

    /// <inheritdoc/>
    public void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Sealing>();
        builder.Services.AddSingleton<WorkerWriter>();
        builder.Services.AddSingleton<DisclosureLog>();
        builder.Services.AddSingleton<IndexWorkers>();
        builder.Services.AddHostedService(services => services.GetRequiredService<IndexWorkers>());
        builder.Services.AddSingleton<Retention>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Retention>());
        builder.AddRosters();
        builder.AddDuplicates();
        builder.Services.AddEventStream<WorkersService>(Name, Catalog(WorkerEvents.Contract), FollowPlacements.Placements(), FollowPlacements.Matching());
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder app)
    {
        RegisterWorker.Map(app);
        CorrectWorker.Map(app);
        ShowWorker.Map(app);
        FindWorkers.Map(app);
        ShowTimeline.Map(app);
        RecordWishes.Map(app);
        ListCalls.Map(app);
        RecordCall.Map(app);
        DownloadCallSheet.Map(app);
        GiveConsent.Map(app);
        WithdrawConsent.Map(app);
        RevealWorker.Map(app);
        ExportPerson.Map(app);
        AccessLog.Map(app);
        EraseWorker.Map(app);
        LeaveProgramme.Map(app);
        ReportRetention.Map(app);
        FinishTraining.Map(app);
        Companions.Map(app);
        ShowHousehold.Map(app);
        ObserveHousehold.Map(app);
        AddStation.Map(app);
        FindStations.Map(app);
        FindCollectors.Map(app);
        RequestTransfer.Map(app);
        DecideTransfer.Map(app);
        FindTransfers.Map(app);
        app.MapRosters();
        app.MapDuplicates();
    }
}
