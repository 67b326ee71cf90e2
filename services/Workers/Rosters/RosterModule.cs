using LaborBridge.Workers.Rosters.Jobs;

namespace LaborBridge.Workers.Rosters;

/// <summary>Rosters on one screen: upload → dry run with a verdict per row → commit → result workbook → undo.</summary>
internal static class RosterModule
{
    public static void AddRosters(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UploadVault>();
        builder.Services.AddSingleton<RosterSignal>();
        builder.Services.AddSingleton<PortionPlanner>();
        builder.Services.AddSingleton<PortionWriter>();
        builder.Services.AddSingleton<RosterImport>();
        builder.Services.AddSingleton<RosterReversal>();
        builder.Services.AddSingleton<RosterJobs>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RosterJobs>());
    }

    public static void MapRosters(this IEndpointRouteBuilder app)
    {
        UploadRoster.Map(app);
        ShowRoster.Map(app);
        CommitRoster.Map(app);
        DownloadResult.Map(app);
        UndoRoster.Map(app);
    }
}
