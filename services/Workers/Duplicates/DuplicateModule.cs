namespace LaborBridge.Workers.Duplicates;

/// <summary>Duplicates on one screen: found behind the log → queue → side by side → different, or merged, which can be undone.</summary>
internal static class DuplicateModule
{
    public static void AddDuplicates(this IHostApplicationBuilder builder) => builder.Services.AddHostedService<SearchDuplicates>();

    public static void MapDuplicates(this IEndpointRouteBuilder app)
    {
        ShowDuplicates.Map(app);
        DecideDuplicate.Map(app);
    }
}
