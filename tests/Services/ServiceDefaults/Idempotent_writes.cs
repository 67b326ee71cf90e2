using LaborBridge.Persistence;
using Xunit;

namespace LaborBridge.Tests.Services.ServiceDefaults;

public sealed class Idempotent_writes_on_sqlite() : Idempotent_writes(SqlKind.Sqlite);

public sealed class Idempotent_writes_on_postgresql() : Idempotent_writes(SqlKind.PostgreSql);

public abstract class Idempotent_writes(SqlKind kind) : IAsyncLifetime
{
    private NotesHost host = null!;

    public async ValueTask InitializeAsync() => host = await NotesHost.Start(kind);

    // A missing PostgreSQL skips the test before there is a host.
    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task a_post_needs_a_key()
    {
        var missing = await Post(key: null);
        var malformed = await Post(key: "42");

        Assert.Equal((400, "idempotency-key-required"), (missing.Status, missing.Code));
        Assert.Equal((400, "idempotency-key-required"), (malformed.Status, malformed.Code));
        Assert.Equal(0, host.Service.Handled);
    }

    [Fact]
    public async Task the_same_request_gets_the_first_answer_again()
    {
        var key = NotesHost.NewKey();

        var first = await Post(key);
        var second = await Post(key);

        Assert.Equal(201, first.Status);
        Assert.Equal(201, second.Status);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Response.Headers.Location, second.Response.Headers.Location);
        Assert.Equal("\"1\"", first.Response.Headers.ETag!.Tag);
        Assert.Equal(first.Response.Headers.ETag, second.Response.Headers.ETag);
        Assert.Equal(1, host.Service.Handled);
    }

    [Fact]
    public async Task the_same_object_written_otherwise_is_the_same_request()
    {
        var key = NotesHost.NewKey();

        var first = await Post(key, """{"title":"春风行动","kind":"short-note"}""");
        var second = await Post(key, """{ "kind": "short-note", "title": "\u6625风行动", "day": null }""");

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(1, host.Service.Handled);
    }

    [Fact]
    public async Task another_body_under_the_key_is_refused()
    {
        var key = NotesHost.NewKey();
        await Post(key);

        var other = await Post(key, """{"title":"另一条","kind":"short-note"}""");

        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
        Assert.Equal(1, host.Service.Handled);
    }

    [Fact]
    public async Task another_account_may_use_the_same_key()
    {
        var key = NotesHost.NewKey();
        await Post(key);

        var other = await Post(key, """{"title":"另一条","kind":"short-note"}""", subject: "2");

        Assert.Equal(201, other.Status);
    }

    [Fact]
    public async Task a_refused_request_may_be_repeated_with_the_same_key_and_another_body()
    {
        var key = NotesHost.NewKey();
        var refused = await Post(key, """{"title":" ","kind":"short-note"}""");

        var corrected = await Post(key);

        Assert.Equal((400, "required"), (refused.Status, refused.FieldCode("title")));
        Assert.Equal(201, corrected.Status);
    }

    [Fact]
    public async Task concurrent_duplicates_have_one_effect_and_one_answer()
    {
        var key = NotesHost.NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Post(key)));

        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
    }

    [Fact]
    public async Task an_anonymous_write_may_go_without_a_key()
    {
        var answer = await host.Send(HttpMethod.Post, "/api/public/notes", """{"title":"意见","kind":"long-note"}""");

        Assert.Equal(201, answer.Status);
    }

    [Fact]
    public async Task a_write_answers_with_the_position_of_its_events_the_first_time_and_again()
    {
        var (one, two) = (NotesHost.NewKey(), NotesHost.NewKey());

        var first = await Post(one);
        var second = await Post(two, """{"title":"另一条","kind":"short-note"}""");
        var again = await Post(one);
        var anonymous = await host.Send(HttpMethod.Post, "/api/public/notes", """{"title":"意见","kind":"long-note"}""");

        Assert.Equal([1, 2, 1, 3], new[] { first, second, again, anonymous }.Select(answer => (int)answer.Json["position"]!));
        Assert.Equal("1", again.Response.Headers.GetValues("Position").Single());
    }

    [Fact]
    public async Task a_conflict_carries_what_the_caller_needs()
    {
        var first = await Post(NotesHost.NewKey());

        var second = await Post(NotesHost.NewKey());

        Assert.Equal((409, "already-registered"), (second.Status, second.Code));
        Assert.Equal((string?)first.Json["id"], (string?)second.Json["noteId"]);
    }

    private Task<Heard> Post(string? key, string body = """{"title":"春风行动","kind":"short-note"}""", string subject = "1") =>
        host.Send(HttpMethod.Post, "/api/notes", body, host.Token(subject: subject), key);
}
