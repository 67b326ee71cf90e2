using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>An expired posting leaves the board by itself (2018 regulation, art. 24). Any replica may do it: the conditional update lets one win.</summary>
internal sealed partial class ExpirePostings(Db<EmployersService> db, TimeProvider time, ILogger<ExpirePostings> log) : BackgroundService
{
    private static readonly Sql Due = Sql.Text($$"""
        SELECT {{PostingRow.Columns}} FROM postings WHERE state = 'live' AND valid_to <= @Today ORDER BY id {first:@Limit}
        """);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        do
        {
            try
            {
                while (await db.Write(tx => Expire(tx, ChinaTime.Today(time)), cancel: stoppingToken) > 0)
                {
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Failed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Takes up to 200 postings off the board and says how many.</summary>
    internal static async Task<int> Expire(Tx tx, DateOnly today)
    {
        var due = await tx.Query<PostingRow>(Due, new { Today = today, Limit = 200 });
        foreach (var row in due)
        {
            await ClosePosting.TakeOff(tx, row, Posting.Expired, "expired");
        }

        return due.Count;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Postings could not be expired; the next try is in a minute.")]
    private partial void Failed(Exception error);
}
