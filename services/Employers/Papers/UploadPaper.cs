using System.Security.Cryptography;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Employers.Papers;

/// <summary>Takes a paper that proves a firm or one of its sites. It is kept whole or not at all, encrypted before it reaches the database.</summary>
internal static class UploadPaper
{
    private const long LargestBody = 40L * 1024 * 1024;

    private static readonly Sql Insert = Sql.Insert("papers", PaperRow.Columns);

    private static readonly Sql Count = Sql.Text("SELECT COUNT(*) FROM papers WHERE employer_id = @EmployerId");

    private static readonly Sql Site = Sql.Text("SELECT id FROM employer_sites WHERE id = @Id AND employer_id = @EmployerId");

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/employers/{id:guid}/papers", Receive)
        .Allow(Role.Employer, Role.Station, Role.Official).Accepts<IFormFile>("multipart/form-data").DisableAntiforgery().WithName("UploadPaper");

    private static async Task<IResult> Receive(Guid id, [FromQuery] Guid? site, HttpContext http, Requests<EmployersService> requests, KeyRing keys, TimeProvider time)
    {
        try
        {
            var (name, content) = await Read(http);
            if (content.Length == 0)
            {
                throw new ProblemException(Paper.Empty());
            }

            var format = Paper.FormatOf(content) ?? throw new ProblemException(Paper.WrongType());
            var safe = Paper.NameOf(name, format);
            var hash = Convert.ToHexStringLower(SHA256.HashData(content));
            return await requests.Write(http, new { safe, hash }, (tx, caller) => Keep(tx, caller, id, site, safe, format, content, hash, keys, time.GetUtcNow()));
        }
        catch (ProblemException refused)
        {
            return new ProblemResult(refused.Problem);
        }
    }

    private static async Task<Reply> Keep(
        Tx tx, Caller caller, Guid employer, Guid? site, string name, PaperFormat format, byte[] content, string hash, KeyRing keys, DateTimeOffset now)
    {
        if (!await PaperSight.Sees(tx, caller, employer))
        {
            return Problem.NotFound();
        }

        if (site is not null && await tx.Scalar<string>(Site, new { Id = site, EmployerId = employer }) is null)
        {
            return Paper.UnknownSite();
        }

        if (await tx.Scalar<long>(Count, new { EmployerId = employer }) >= Paper.Most)
        {
            return Paper.TooMany();
        }

        var id = Guid.CreateVersion7(now);
        var row = new PaperRow
        {
            Id = id, Version = 1, EmployerId = employer, SiteId = site, Format = Kebab.Of(format), FileName = keys.Encrypt("papers", "file_name", id, name),
            FileKey = PaperRow.Files.NewKey(keys, id), FileHash = keys.Encrypt("papers", "file_hash", id, hash), FileSize = content.Length, Decisions = 0,
            UploadedBy = caller.Subject, UploaderRole = Kebab.Of(caller.Role), UploadedAt = now,
        };
        await tx.Execute(Insert, row);
        await PaperRow.Files.Store(tx, keys, id, row.FileKey, content);
        return Reply.Created($"/api/employers/{employer}/papers/{id}", row.View(keys), row.Version);
    }

    private static async Task<(string Name, byte[] Content)> Read(HttpContext http)
    {
        try
        {
            var (name, content) = await UploadedFile.Find(http, LargestBody) ?? throw new ProblemException(Paper.NoFile());
            using var whole = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = await content.ReadAsync(buffer, http.RequestAborted)) > 0;)
            {
                if (whole.Length + read > Paper.Largest)
                {
                    await content.CopyToAsync(Stream.Null, http.RequestAborted);
                    throw new ProblemException(Paper.TooLarge());
                }

                whole.Write(buffer, 0, read);
            }

            return (name, whole.ToArray());
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new ProblemException(Paper.BrokenOff());
        }
    }
}
