using Xunit;

namespace LaborBridge.Tests.Services.ServiceDefaults;

public sealed class Unreadable_requests : IAsyncLifetime
{
    private NotesHost host = null!;

    public async ValueTask InitializeAsync() => host = await NotesHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("""{"kind":"short-note"}""", "title", "required")]
    [InlineData("""{"title":null,"kind":"short-note"}""", "title", "required")]
    [InlineData("""{"title":"a"}""", "kind", "required")]
    [InlineData("""{"title":"a","kind":"no-such"}""", "kind", "invalid-value")]
    [InlineData("""{"title":"a","kind":1}""", "kind", "invalid-value")]
    [InlineData("""{"title":"a","kind":"short-note","day":"2026-02-30"}""", "day", "invalid-value")]
    [InlineData("""{"title":"a","kind":"short-note","tags":["a",7]}""", "tags[1]", "invalid-value")]
    [InlineData("""{"title":"a",""", "", "malformed-json")]
    [InlineData("""{"title":"123456789012345678901","kind":"short-note"}""", "title", "too-long")]
    public async Task name_the_field_and_a_code(string body, string field, string code)
    {
        var answer = await Post(body);

        Assert.Equal((400, "validation"), (answer.Status, answer.Code));
        Assert.True(code == answer.FieldCode(field), answer.Text);
        Assert.Equal("application/problem+json", answer.Response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task name_all_missing_fields_at_once()
    {
        var answer = await Post("{}");

        Assert.Equal(("required", "required"), (answer.FieldCode("title"), answer.FieldCode("kind")));
    }

    [Fact]
    public async Task speak_Chinese_unless_English_is_asked_for()
    {
        var chinese = await Post("{}");
        var english = await Post("{}", language: "en-GB,en;q=0.9,zh;q=0.5");
        var french = await Post("{}", language: "fr");

        Assert.Equal("请检查标出的项目后再提交。", (string?)chinese.Json["detail"]);
        Assert.Equal("必填。", (string?)chinese.Json["errors"]![0]!["message"]);
        Assert.Equal("Check the marked fields and send again.", (string?)english.Json["detail"]);
        Assert.Equal("Required.", (string?)english.Json["errors"]![0]!["message"]);
        Assert.Equal((string?)chinese.Json["detail"], (string?)french.Json["detail"]);
    }

    [Fact]
    public async Task without_a_body_are_refused()
    {
        var answer = await host.Send(HttpMethod.Post, "/api/notes", body: null, host.Token(), NotesHost.NewKey());

        Assert.True(answer.Status is 400 or 415, answer.Text);
        Assert.NotNull(answer.Code);
    }

    [Fact]
    public async Task in_the_query_name_the_parameter()
    {
        var day = await host.Send(HttpMethod.Get, "/api/public/notes?day=yesterday");
        var limit = await host.Send(HttpMethod.Get, "/api/notes?limit=201", token: host.Token());
        var cursor = await host.Send(HttpMethod.Get, "/api/notes?cursor=%25", token: host.Token());

        Assert.Equal((400, "invalid-value"), (day.Status, day.FieldCode("day")));
        Assert.Equal((400, "out-of-range"), (limit.Status, limit.FieldCode("limit")));
        Assert.Equal((400, "malformed"), (cursor.Status, cursor.FieldCode("cursor")));
    }

    [Fact]
    public async Task that_are_too_large_are_refused()
    {
        var answer = await Post($$"""{"title":"{{new string('a', 1_100_000)}}","kind":"short-note"}""");

        Assert.Equal((413, "too-large"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task to_unknown_places_are_problems_too()
    {
        var path = await host.Send(HttpMethod.Get, "/api/no-such");
        var method = await host.Send(HttpMethod.Delete, "/api/notes");
        var type = await host.Send(HttpMethod.Get, $"/api/notes/not-an-id", token: host.Token());

        Assert.Equal((404, "not-found"), (path.Status, path.Code));
        Assert.Equal((405, "method-not-allowed"), (method.Status, method.Code));
        Assert.Equal(400, type.Status);
    }

    [Fact]
    public async Task faults_tell_nothing_of_the_inside()
    {
        var answer = await host.Send(HttpMethod.Get, "/api/fault");

        Assert.Equal((500, "internal"), (answer.Status, answer.Code));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task too_many_from_one_address_are_held_off()
    {
        await using var limited = await NotesHost.Start(("LaborBridge:Limits:PublicBoard", "3"));

        var answers = new List<Heard>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await limited.Send(HttpMethod.Get, "/api/public/notes"));
        }

        Assert.Equal([200, 200, 200, 429], answers.Select(answer => answer.Status));
        Assert.Equal("too-many-requests", answers[3].Code);
    }

    private Task<Heard> Post(string body, string? language = null) => host.Send(HttpMethod.Post, "/api/notes", body, host.Token(), NotesHost.NewKey(), language);
}
