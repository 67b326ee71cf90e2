using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LaborBridge.Workers;

/// <summary>Who wants work: stations, households, workers, wishes, consents, rosters. Personal data live here and nowhere else.</summary>
public sealed class WorkersService : ILaborBridgeService
{
    /// <inheritdoc/>
    public string Name => WorkerEvents.Contract.Name;

    /// <inheritdoc/>
    public void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Sealing>();
        builder.Services.AddSingleton<WorkerWriter>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder app)
    {
        RegisterWorker.Map(app);
        CorrectWorker.Map(app);
        ShowWorker.Map(app);
    }
}
