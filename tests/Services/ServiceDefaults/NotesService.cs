using System.Security.Claims;
using System.Security.Cryptography;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LaborBridge.Tests.Services.ServiceDefaults;

/// <summary>The smallest service with everything that the host gives; it also signs its tokens itself.</summary>
public sealed class NotesService : ILaborBridgeService, IDisposable
{
    private static readonly Sql Find = Sql.Text("SELECT id, title, kind, division, version FROM notes WHERE id = @Id");
    private static readonly Sql ByTitle = Sql.Text("SELECT id, title, kind, division, version FROM notes WHERE title = @Title");
    private static readonly Sql Insert = Sql.Insert("notes", "id, title, kind, division, version");
    private static readonly Sql Update = Sql.Text("UPDATE notes SET title = @Title, version = version + 1 WHERE id = @Id AND version = @Version");
    private static readonly Sql InScope = Sql.Text($"SELECT id, title, kind, division, version FROM notes WHERE {ScopeRanges.Where("division")} AND title > @After ORDER BY title {{first:@Take}}");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int handled;

    public enum Kind
    {
        ShortNote,
        LongNote,
    }

    public string Name => "notes";

    /// <summary>How often the handler of a write has run.</summary>
    public int Handled => handled;

    /// <summary>Holds writes back until it is completed.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>What the service reports of itself.</summary>
    public HealthStatus Condition { get; set; } = HealthStatus.Healthy;

    public void Add(IHostApplicationBuilder builder) => builder.Services.AddSingleton(this)
        .AddEventStream<NotesService>(Name, new EventCatalog(Name, new Dictionary<string, Type> { ["note-saved"] = typeof(NoteSaved) }, new HashSet<string>()))
        .AddHealthChecks().AddCheck("condition", () => new HealthCheckResult(Condition, "the reason"), ["ready"]);

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/notes", (Request request, HttpContext http, Requests<NotesService> requests, TimeProvider time) =>
            requests.Write(http, request, (tx, _) => Save(tx, request, time))).Allow(Role.Station, Role.Official).WithName("SaveNote");
        app.MapPut("/api/notes/{id}", (Guid id, Request request, HttpContext http, Requests<NotesService> requests) =>
        {
            var version = http.IfMatch();
            return requests.Write(http, request, (tx, _) => Change(tx, id, version, request));
        }).Allow(Role.Station).WithName("ChangeNote");
        app.MapGet("/api/notes/{id}", (Guid id, HttpContext http, Requests<NotesService> requests) => requests.Read(http, async (tx, caller) =>
            await tx.First<Note>(Find, new { Id = id }) is { } note && caller.Covers(note.Division) ? Reply.Ok(note, note.Version) : Problem.NotFound()))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("GetNote");
        app.MapGet("/api/notes", (HttpContext http, Requests<NotesService> requests) => requests.Read(http, async (tx, caller) =>
        {
            var page = PageRequest.From(http);
            var rows = await tx.Query<Note>(InScope, Args.With(caller.Scope, new { After = page.After ?? "", page.Take }));
            return Reply.Ok(Paged.From(page, rows, note => note.Title, note => note));
        })).Allow(Role.Station, Role.Official, Role.Admin).WithName("FindNotes");
        app.MapGet("/api/public/notes", (DateOnly? day, HttpContext http, Requests<NotesService> requests) => requests.ReadAnonymous(http, (_, caller) =>
            Task.FromResult(Reply.Ok(new { day, caller = caller?.Name })))).AllowAnyone().RequireRateLimiting(RateLimits.PublicBoard).WithName("PublicNotes");
        app.MapPost("/api/public/notes", (Request request, HttpContext http, Requests<NotesService> requests, TimeProvider time) =>
            requests.WriteAnonymous(http, request, (tx, _) => Save(tx, request, time))).AllowAnyone().WithName("SavePublicNote");
        app.MapGet("/api/fault", string () => throw new InvalidOperationException("secret 649901199003070021")).AllowAnyone().WithName("Fault");
        app.MapGet("/.well-known/openid-configuration", (ServiceAddresses own) => Results.Json(new { issuer = own.Authority, jwks_uri = $"{own.Authority}/.well-known/jwks.json" })).ExcludeFromDescription();
        app.MapGet("/.well-known/jwks.json", () =>
        {
            var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(key) { KeyId = "one" });
            return Results.Json(new { keys = new[] { new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = "one", use = "sig", alg = "ES256" } } });
        }).ExcludeFromDescription();
    }

    public string Token(string issuer, string role, DateTime expires, string subject = "1", string audience = "laborbridge", ECDsa? by = null, params string[] divisions) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Expires = expires,
            Subject = new ClaimsIdentity([new("sub", subject), new("name", "张三"), new("role", role), .. divisions.Select(code => new Claim("divisions", code))]),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(by ?? key) { KeyId = "one" }, SecurityAlgorithms.EcdsaSha256),
        });

    public void Dispose() => key.Dispose();

    private async Task<Reply> Save(Tx tx, Request request, TimeProvider time)
    {
        Interlocked.Increment(ref handled);
        if (Gate is { } gate)
        {
            await gate.Task;
        }

        var checks = new Checks();
        var title = checks.Require("title", request.Title, longest: 20);
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        if (await tx.First<Note>(ByTitle, new { Title = title }) is { } existing)
        {
            return Problem.Conflict("already-registered", new Text("已经登记。", "Registered already.")).With("noteId", existing.Id);
        }

        var note = new Note { Id = Guid.CreateVersion7(time.GetUtcNow()), Title = title, Kind = request.Kind.ToString(), Division = request.Division, Version = 1 };
        await tx.Execute(Insert, note);
        tx.Append(new NoteSaved(note.Kind), note.Id);
        return Reply.Created($"/api/notes/{note.Id}", note, note.Version);
    }

    private static async Task<Reply> Change(Tx tx, Guid id, long version, Request request)
    {
        if (await tx.Execute(Update, new { Id = id, Version = version, request.Title }) == 0)
        {
            return await tx.First<Note>(Find, new { Id = id }) is null ? Problem.NotFound() : Problem.StaleVersion();
        }

        var note = await tx.First<Note>(Find, new { Id = id });
        return Reply.Ok(note!, note!.Version);
    }

    public sealed record Request(string Title, Kind Kind, string? Division, DateOnly? Day, IReadOnlyList<string>? Tags);

    private sealed record NoteSaved(string Kind);

    private sealed class Note
    {
        public required Guid Id { get; init; }

        public required string Title { get; init; }

        public required string Kind { get; init; }

        public string? Division { get; init; }

        public required long Version { get; init; }
    }
}
