using LaborBridge.Persistence;
using Xunit;

namespace LaborBridge.Tests.Services.ServiceDefaults;

public sealed class Changing_a_versioned_thing_on_sqlite() : Changing_a_versioned_thing(SqlKind.Sqlite);

public sealed class Changing_a_versioned_thing_on_postgresql() : Changing_a_versioned_thing(SqlKind.PostgreSql);

public abstract class Changing_a_versioned_thing(SqlKind kind) : IAsyncLifetime
{
    private NotesHost host = null!;
    private string path = "";

    public async ValueTask InitializeAsync()
    {
        host = await NotesHost.Start(kind);
        var made = await host.Send(HttpMethod.Post, "/api/notes", """{"title":"春风行动","kind":"short-note","division":"640422"}""", host.Token(), NotesHost.NewKey());
        path = made.Response.Headers.Location!.ToString();
    }

    // A missing PostgreSQL skips the test before there is a host.
    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task needs_the_version_that_was_seen()
    {
        var answer = await Put(ifMatch: null);

        Assert.Equal((428, "if-match-required"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task moves_the_version()
    {
        var answer = await Put("\"1\"");

        Assert.Equal(200, answer.Status);
        Assert.Equal("\"2\"", answer.Response.Headers.ETag!.Tag);
        Assert.Equal(2, (int)answer.Json["version"]!);
    }

    [Fact]
    public async Task is_refused_when_somebody_was_faster()
    {
        await Put("\"1\"");

        var second = await Put("\"1\"");

        Assert.Equal((412, "stale-version"), (second.Status, second.Code));
    }

    [Fact]
    public async Task repeated_under_its_key_gets_the_first_answer_and_no_stale_version()
    {
        var key = NotesHost.NewKey();
        var first = await Put("\"1\"", key);

        var second = await Put("\"1\"", key);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Response.Headers.ETag, second.Response.Headers.ETag);
    }

    [Fact]
    public async Task is_not_found_when_it_does_not_exist()
    {
        var answer = await host.Send(HttpMethod.Put, $"/api/notes/{NotesHost.NewKey()}", """{"title":"a","kind":"short-note"}""", host.Token(), ifMatch: "\"1\"");

        Assert.Equal((404, "not-found"), (answer.Status, answer.Code));
    }

    private Task<Heard> Put(string? ifMatch, string? key = null) =>
        host.Send(HttpMethod.Put, path, """{"title":"返岗","kind":"short-note"}""", host.Token(), key, ifMatch: ifMatch);
}
