using System.Security.Cryptography;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers.Papers;

/// <summary>A paper's file as it was sent, to be saved and not shown in the browser: who sent it is not who opens it. One that was changed in the database is not given out.</summary>
internal static partial class DownloadPaper
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/employers/{id:guid}/papers/{paper:guid}", Handle)
        .Allow(Role.Employer, Role.Station, Role.Official)
        .Produces(200, contentType: "application/pdf", additionalContentTypes: ["image/jpeg", "image/png"])
        .WithName("DownloadPaper");

    private static async Task<IResult> Handle(Guid id, Guid paper, HttpContext http, Db<EmployersService> db, KeyRing keys, ILogger<EmployersService> log)
    {
        var caller = http.Caller();
        if (await db.Read(tx => PaperSight.Find(tx, caller, id, paper), http.RequestAborted) is not { } row)
        {
            return new ProblemResult(Problem.NotFound());
        }

        try
        {
            var content = await Load(db, keys, row, http.RequestAborted);
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return Results.Bytes(content, Paper.ContentType(Kebab.Parse<PaperFormat>(row.Format)), row.Name(keys));
        }
        catch (CryptographicException damage)
        {
            LogDamaged(log, damage, row.Id);
            return new ProblemResult(Paper.Damaged());
        }
    }

    /// <summary>The file, byte for byte.</summary>
    /// <exception cref="CryptographicException">It is not what was stored.</exception>
    internal static async Task<byte[]> Load(Db<EmployersService> db, KeyRing keys, PaperRow row, CancellationToken cancel)
    {
        var content = await PaperRow.Files.Load(db, keys, row.Id, row.FileKey, row.FileSize, cancel);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == keys.Decrypt("papers", "file_hash", row.Id, row.FileHash)
            ? content
            : throw new CryptographicException($"Paper {row.Id} is not the file that was stored.");
    }

    [LoggerMessage(LogLevel.Error, "Paper {Paper} was damaged or changed in the database.")]
    private static partial void LogDamaged(ILogger log, Exception damage, Guid paper);
}
